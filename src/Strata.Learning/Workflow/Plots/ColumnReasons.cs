using Strata.Learning.Data;

namespace Strata.Learning.Workflow.Plots;

/// <summary>How far one column moved the raw score of some rows, and its value in each of them.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Values">A value a row: numbers as they are, categories by the code of their level; NaN where it is missing or is no number.</param>
/// <param name="Contributions">In units of the raw score, a value a row.</param>
/// <param name="Levels">The names of the levels of a category; null for numbers.</param>
public sealed record ColumnReasons(string Column, float[] Values, float[] Contributions, IReadOnlyList<string>? Levels = null)
{
    /// <summary>What the contributions sum to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ExplainedOutput Explained { get; init; }

    /// <summary>The mean size of the contributions.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double MeanSize => Contributions.Length == 0 ? 0 : Contributions.Average(value => (double)Math.Abs(value));

    /// <summary>The columns that moved one output most, the first most of all.</summary>
    /// <param name="contributions">Of the rows.</param>
    /// <param name="rows">The rows, in the original columns.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="most">So many columns.</param>
    public static IReadOnlyList<ColumnReasons> Of(Contributions contributions, Frame rows, int output = 0, int most = 12)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        ArgumentNullException.ThrowIfNull(rows);
        IEnumerable<int> order = Enumerable.Range(0, contributions.Columns.Count).OrderByDescending(column => Size(contributions, output, column)).Take(most);
        return [.. order.Select(column => Of(contributions, rows, output, column, contributions.Columns[column]))];
    }

    /// <summary>Where a row's value stands among those of all rows, from 0 (the lowest) to 1; NaN where it is missing. Equal values stand together.</summary>
    internal double[] Ranks()
    {
        double[] sorted = [.. Values.Where(value => !float.IsNaN(value)).Select(value => (double)value).Distinct().Order()];
        return [.. Values.Select(value => float.IsNaN(value) ? double.NaN : sorted.Length == 1 ? 0.5 : (double)Array.BinarySearch(sorted, value) / (sorted.Length - 1))];
    }

    private static double Size(Contributions contributions, int output, int column)
    {
        double sum = 0;
        for (int row = 0; row < contributions.RowCount; row++)
        {
            sum += Math.Abs(contributions.Of(row, output)[column]);
        }

        return sum;
    }

    private static ColumnReasons Of(Contributions contributions, Frame rows, int output, int column, string name)
    {
        Column? values = rows.Contains(name) && rows[name].HasNumbers ? rows[name] : null;
        int[] all = [.. Enumerable.Range(0, contributions.RowCount)];
        return new ColumnReasons(
            name,
            [.. all.Select(row => values is null ? float.NaN : (float)values.NumberAt(row))],
            [.. all.Select(row => (float)contributions.Of(row, output)[column])],
            (values as CategoryColumn)?.Levels) { Explained = contributions.Explained };
    }
}
