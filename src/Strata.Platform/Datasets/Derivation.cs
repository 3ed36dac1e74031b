using Strata.Learning.Catalog;
using Strata.Learning.Workflow;

namespace Strata.Platform.Datasets;

/// <summary>How a dataset was made from another one: by which steps, fitted on which rows, with what effect. A training goes back along it.</summary>
public sealed record Derivation
{
    public required string ParentId { get; init; }

    public required string ParentName { get; init; }

    /// <summary>The parent's content hash.</summary>
    public required string ParentHash { get; init; }

    /// <summary>Rows of the parent.</summary>
    public required int RowsBefore { get; init; }

    /// <summary>Columns of the parent.</summary>
    public required int ColumnsBefore { get; init; }

    /// <summary>The steps that were asked for, in order; none for a split.</summary>
    public IReadOnlyList<StepPlan> Steps { get; init; } = [];

    /// <summary>The column to predict, which steps leave as it is; null for none.</summary>
    public string? Target { get; init; }

    public ulong Seed { get; init; }

    /// <summary>What each step did; empty until the dataset is made.</summary>
    public IReadOnlyList<DerivedStep> Done { get; init; } = [];

    /// <summary>Of which split the dataset is a part; null for none.</summary>
    public DatasetSplit? Split { get; init; }
}

/// <summary>Which part of a split a dataset is.</summary>
public enum SplitPart
{
    Train,
    Validation,
    Test,
}

/// <summary>A part of a split, with the ids of all parts.</summary>
/// <param name="Part">This one.</param>
/// <param name="Plan">How the rows were split.</param>
/// <param name="TrainId">The rows to learn from.</param>
/// <param name="TestId">The rows to test on.</param>
public sealed record DatasetSplit(SplitPart Part, SplitPlan Plan, string TrainId, string TestId)
{
    /// <summary>The rows to stop by; null for none.</summary>
    public string? ValidationId { get; init; }

    /// <summary>How the rows were split, in words; empty until they are.</summary>
    public string Text { get; init; } = string.Empty;
}
