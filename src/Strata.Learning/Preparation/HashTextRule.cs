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

    public IEnumerable<Column> Apply(Column column)
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

        double[][] values = [.. Names.Select(_ => new double[text.Count])];
        for (int row = 0; row < text.Count; row++)
        {
            foreach ((string term, int count) in Terms.Count(text.Values[row]))
            {
                (int place, int sign) = MurmurHash.Place(Encoding.UTF8.GetBytes(term), values.Length);
                values[place][row] += sign * count;
            }

            double length = Math.Sqrt(values.Sum(column => column[row] * column[row]));
            foreach (double[] numbers in values)
            {
                numbers[row] /= length > 0 ? length : 1;
            }
        }

        return Names.Zip(values, (name, numbers) => new Float64Column(name, numbers));
    }
}
