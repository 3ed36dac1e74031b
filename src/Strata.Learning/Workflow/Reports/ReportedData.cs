using Strata.Learning.Data;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a report says of a table.</summary>
public sealed record ReportedData
{
    private const int MostColumns = 60;

    /// <summary>The file's or dataset's name; null where nobody said.</summary>
    public string? Name { get; init; }

    public required int RowCount { get; init; }

    public required int ColumnCount { get; init; }

    /// <summary>Cells without a value.</summary>
    public required long MissingCells { get; init; }

    /// <summary>SHA-256 of names, types and values: see <see cref="TableFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The column to predict; null where there is none.</summary>
    public ReportedTarget? Target { get; init; }

    /// <summary>The first columns, in the table's order.</summary>
    public required IReadOnlyList<ReportedColumn> Columns { get; init; }

    /// <param name="table">The table as it was given.</param>
    /// <param name="plan">The columns' roles.</param>
    /// <param name="name">The file's or dataset's name.</param>
    /// <param name="task">What is predicted.</param>
    public static ReportedData Of(Frame table, TrainingPlan plan, string? name, LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(plan);
        return new ReportedData
        {
            Name = name,
            RowCount = table.RowCount,
            ColumnCount = table.ColumnCount,
            MissingCells = table.Columns.Sum(column => (long)column.MissingCount),
            Fingerprint = TableFingerprint.Of(table),
            Target = plan.Target is string target && table.Contains(target) ? ReportedTarget.Of(table[target], task) : null,
            Columns = [.. table.Columns.Take(MostColumns).Select(column => ReportedColumn.Of(column, plan))],
        };
    }
}
