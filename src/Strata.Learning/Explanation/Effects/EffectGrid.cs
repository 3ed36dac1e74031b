using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>The values of a column at which its effect is told.</summary>
/// <param name="Column">The column.</param>
/// <param name="Labels">Each value as text.</param>
/// <param name="Numbers">The same as numbers, ascending, seconds since 1970 for dates; null for levels, and for true and false.</param>
public sealed record EffectGrid(string Column, IReadOnlyList<string> Labels, IReadOnlyList<double>? Numbers);

/// <summary>A grid with its values as a column of the model's type.</summary>
internal sealed class GridValues
{
    private GridValues(Column values) => Values = values;

    public Column Values { get; }

    public int Count => Values.Count;

    /// <summary>Whether the values have an order.</summary>
    public bool IsOfNumbers => Values.IsNumeric && Values.Type != ColumnType.Boolean;

    public EffectGrid Grid => new(
        Values.Name, [.. Enumerable.Range(0, Count).Select(point => Values.TextAt(point) ?? string.Empty)], IsOfNumbers ? [.. Enumerable.Range(0, Count).Select(Values.NumberAt)] : null);

    /// <summary>Levels, or quantiles that are values of some rows, the least and the largest among them.</summary>
    /// <exception cref="DataException">The column is text or holds arrays, or has no value in these rows.</exception>
    public static GridValues Of(Column column, int points)
    {
        if (!column.HasNumbers)
        {
            throw new DataException($"Column '{column.Name}' is {(column is ArrayColumn ? "of arrays" : "text")}, along which there is no effect to tell; expected numbers, dates, levels, or true and false.");
        }

        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row) && double.IsFinite(column.NumberAt(row))).OrderBy(column.NumberAt).ThenBy(row => row)];
        if (column is CategoryColumn category)
        {
            return category.Levels.Count > 0 ? new GridValues(new CategoryColumn(column.Name, [.. Enumerable.Range(0, category.Levels.Count)], category.Levels)) : throw NoValue(column);
        }

        int[] distinct = [.. rows.DistinctBy(column.NumberAt)];
        int[] chosen = distinct.Length <= points ? distinct : [.. Enumerable.Range(0, points).Select(i => rows[(int)Math.Round(i * (rows.Length - 1.0) / (points - 1))]).DistinctBy(column.NumberAt)];
        return chosen.Length > 0 ? new GridValues(column.Take(chosen)) : throw NoValue(column);
    }

    private static DataException NoValue(Column column) => new($"Column '{column.Name}' has no value in these rows.");
}
