using System.Globalization;
using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Turns each category into the number 0, 1, 2 ... of its level among those of the training rows, in the order of the numbers they spell if all do, else in
/// ordinal order of their texts. Missing values and levels that were not seen in training become missing.
/// </summary>
public sealed record Ordinal : IStep
{
    public string Name => "ordinal";

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        OrdinalRule[] rules = [.. table.Features.Columns.Select(column =>
            new OrdinalRule(column.Name, column is CategoryColumn category ? InOrder(LevelWeights.Of(category, table.Weights).Keys) : null))];
        return new ColumnwiseStep<OrdinalRule>(Name, rules, []);
    }

    private static string[] InOrder(IEnumerable<string> levels)
    {
        (string Text, double? Number)[] all = [.. levels.Select(level =>
            (level, double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : (double?)null))];
        bool numbers = all.All(level => level.Number is not null);
        return [.. all.OrderBy(level => numbers ? level.Number : 0).ThenBy(level => level.Text, StringComparer.Ordinal).Select(level => level.Text)];
    }
}

/// <summary>The levels of one category in order; any other column stays as it is.</summary>
/// <param name="Column">The column.</param>
/// <param name="Levels">The level of each number from 0, or null for a column that is no category.</param>
public sealed record OrdinalRule(string Column, IReadOnlyList<string>? Levels = null) : IColumnRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Levels is null)
        {
            return [column];
        }

        if (column is not CategoryColumn category)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was a category when the step was fitted.");
        }

        Dictionary<string, int> placeOf = Levels.Select((level, place) => (level, place)).DistinctBy(pair => pair.level).ToDictionary(pair => pair.level, pair => pair.place, StringComparer.Ordinal);
        double[] numberOfCode = [.. category.Levels.Select(level => placeOf.TryGetValue(level, out int place) ? place : double.NaN)];
        return [new Float64Column(column.Name, Array.ConvertAll(category.Codes, code => code < 0 ? double.NaN : numberOfCode[code]))];
    }
}
