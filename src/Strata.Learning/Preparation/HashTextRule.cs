using System.Text;
using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The hashed columns of a text; without names the column stays as it is.</summary>
public sealed record HashTextRule(string Column, TextTerms? Terms = null, IReadOnlyList<string>? Names = null) : IColumnRule
{
    public TextTerms? Terms { get; } = Terms?.Problem is string problem ? throw new ModelFileException($"Column '{Column}': {problem}") : Terms;

    public IReadOnlyList<string>? Names { get; } = Names is { Count: 0 } ? throw new ModelFileException($"Column '{Column}' is hashed to no column.") : Names;

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Names ?? [Column];

    public IEnumerable<Column> Apply(Column column) => Apply(column, CancellationToken.None);

    public IEnumerable<Column> Apply(Column column, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Terms is null || Names is null)
        {
            return [column];
        }

        if (column is not TextColumn text)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was text when the step was fitted.");
        }

        SparseColumnBuilder[] values = [.. Names.Select(_ => new SparseColumnBuilder())];
        for (int row = 0; row < text.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sums = new SortedDictionary<int, double>();
            foreach ((string term, int count) in Terms.Count(text.Values[row]))
            {
                (int place, int sign) = MurmurHash.Place(Encoding.UTF8.GetBytes(term), values.Length);
                sums[place] = sums.GetValueOrDefault(place) + sign * count;
            }

            double length = Math.Sqrt(sums.Values.Sum(sum => sum * sum));
            foreach ((int place, double sum) in sums.Where(pair => pair.Value != 0))
            {
                values[place].Add(row, sum / length);
            }
        }

        return Names.Zip(values, (name, numbers) => numbers.ToColumn(name, text.Count));
    }
}
