using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The terms of a text column with what each weighs; without terms the column stays as it is.</summary>
public sealed record TextFrequencyRule(
    string Column, TextTerms? Terms = null, IReadOnlyList<string>? Known = null, IReadOnlyList<double>? Rarity = null, IReadOnlyList<string>? Names = null, bool Sublinear = false, bool Normalize = false) : IColumnRule
{
    public TextTerms? Terms { get; } = Terms?.Problem is string problem ? throw new ModelFileException($"Column '{Column}': {problem}") : Terms;

    public IReadOnlyList<string>? Known { get; } = Known?.Count != Names?.Count || Known?.Count != Rarity?.Count || Known?.Contains(null!) == true
        ? throw new ModelFileException($"Column '{Column}' has {Known?.Count ?? 0} terms, {Rarity?.Count ?? 0} weights and {Names?.Count ?? 0} names of columns.") : Known;

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Names ?? [Column];

    public IEnumerable<Column> Apply(Column column) => Apply(column, CancellationToken.None);

    public IEnumerable<Column> Apply(Column column, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Terms is null || Known is null || Rarity is null || Names is null)
        {
            return [column];
        }

        if (column is not TextColumn text)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was text when the step was fitted.");
        }

        Dictionary<string, int> placeOf = Known.Index().DistinctBy(pair => pair.Item).ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        SparseColumnBuilder[] values = [.. Names.Select(_ => new SparseColumnBuilder())];
        for (int row = 0; row < text.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            double squares = 0;
            // In the order of the terms, so that the sum of squares is the same in any batch.
            (int Place, int Count)[] found = [.. Terms.Count(text.Values[row]).Where(pair => placeOf.ContainsKey(pair.Key)).Select(pair => (placeOf[pair.Key], pair.Value)).Order()];
            foreach ((int place, int count) in found)
            {
                double value = (Sublinear ? 1 + Math.Log(count) : count) * Rarity[place];
                values[place].Add(row, value);
                squares += value * value;
            }

            for (int i = 0; Normalize && i < found.Length; i++)
            {
                values[found[i].Place].DivideLast(Math.Sqrt(squares));
            }
        }

        return Names.Zip(values, (name, numbers) => numbers.ToColumn(name, text.Count));
    }
}
