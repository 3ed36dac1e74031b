using Strata.Learning.Data;

namespace Strata.Learning.Workflow.Plots;

/// <summary>How far a column moved one row's raw score.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Value">Its value in the row, as text; null where it is missing.</param>
/// <param name="Contribution">In units of the raw score.</param>
public sealed record ColumnReason(string Column, string? Value, double Contribution);

/// <summary>Why one row got its raw score: the bias and the columns' contributions, which sum to the score.</summary>
/// <param name="Output">The target's name, or the class that is spoken of.</param>
/// <param name="Bias">The score before any column is known.</param>
/// <param name="Columns">In the table's order.</param>
public sealed record RowReasons(string Output, double Bias, IReadOnlyList<ColumnReason> Columns)
{
    /// <summary>What the contributions sum to.</summary>
    public ExplainedOutput Explained { get; init; }

    /// <summary>Bias and contributions together.</summary>
    public double Score => Bias + Columns.Sum(column => column.Contribution);

    /// <param name="contributions">Of several rows.</param>
    /// <param name="rows">The rows, in the original columns.</param>
    /// <param name="row">0-based row.</param>
    /// <param name="output">Index of the output.</param>
    public static RowReasons Of(Contributions contributions, Frame rows, int row, int output = 0)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        ArgumentNullException.ThrowIfNull(rows);
        double[] values = contributions.Of(row, output).ToArray();
        return new RowReasons(
            contributions.Outputs[output],
            contributions.BiasOf(row, output),
            [.. contributions.Columns.Select((name, column) => new ColumnReason(name, rows.Contains(name) ? rows[name].TextAt(row) : null, values[column]))]) { Explained = contributions.Explained };
    }

    /// <summary>The columns that did most, the first most of all, and the others together as one.</summary>
    internal IReadOnlyList<ColumnReason> Largest(int most)
    {
        ColumnReason[] ordered = [.. Columns.Where(column => column.Contribution != 0).OrderByDescending(column => Math.Abs(column.Contribution))];
        return ordered.Length <= most ? ordered
            : [.. ordered.Take(most - 1), new ColumnReason($"{ordered.Length - most + 1} other columns", null, ordered.Skip(most - 1).Sum(column => column.Contribution))];
    }
}
