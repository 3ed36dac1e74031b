using System.Text.Json.Nodes;

namespace Strata.Learning.Workflow;

/// <summary>What one step did to a table.</summary>
/// <param name="Step">Its name in the table of steps.</param>
/// <param name="Settings">Values in place of its defaults.</param>
public sealed record DerivedStep(string Step, IReadOnlyDictionary<string, JsonNode?> Settings)
{
    /// <summary>The column whose values it chose by; null for a step that looks at no target.</summary>
    public string? Target { get; init; }

    /// <summary>How many rows it learned from: all of the table, or those with a target.</summary>
    public required int FittedRows { get; init; }

    public required int RowsBefore { get; init; }

    public required int RowsAfter { get; init; }

    /// <summary>With the target.</summary>
    public required int ColumnsBefore { get; init; }

    public required int ColumnsAfter { get; init; }

    /// <summary>How many missing values it filled, by column.</summary>
    public IReadOnlyDictionary<string, int> Filled { get; init; } = new Dictionary<string, int>();

    /// <summary>How many values lay too far out, by column; a row may have several.</summary>
    public IReadOnlyDictionary<string, int> Outliers { get; init; } = new Dictionary<string, int>();

    /// <summary>What each column scored, where columns were chosen; null for one that is kept without.</summary>
    public IReadOnlyDictionary<string, double?> Scores { get; init; } = new Dictionary<string, double?>();

    /// <summary>Columns that are gone.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
