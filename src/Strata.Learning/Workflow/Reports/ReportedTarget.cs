using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;

namespace Strata.Learning.Workflow.Reports;

/// <summary>How often a class occurs.</summary>
public sealed record ClassShare(string Class, int Rows);

/// <summary>How the column to predict is spread.</summary>
public sealed record ReportedTarget
{
    private const int MostClasses = 30;

    public required string Name { get; init; }

    /// <summary>Rows that cannot be learned from or tested on, because nobody knows their truth.</summary>
    public required int RowsWithout { get; init; }

    /// <summary>The most frequent first; empty for numbers.</summary>
    public IReadOnlyList<ClassShare> Classes { get; init; } = [];

    /// <summary>Of numbers; null for classes.</summary>
    public Histogram? Histogram { get; init; }

    internal static ReportedTarget Of(Column column, LearningTask task)
    {
        var target = new ReportedTarget { Name = column.Name, RowsWithout = column.MissingCount };
        return task == LearningTask.Regression && ColumnSummary.HasNumbers(column)
            ? target with { Histogram = new NumberSummary(NumberSort.Sorted(column)).Histogram }
            : target with { Classes = [.. Counts(column).OrderByDescending(share => share.Rows).ThenBy(share => share.Class, StringComparer.Ordinal).Take(MostClasses)] };
    }

    private static IEnumerable<ClassShare> Counts(Column column) => ColumnSummary.LevelCounts(column).Select(level => new ClassShare(level.Key, level.Value));
}
