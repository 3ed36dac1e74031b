using Strata.Learning.Catalog;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>How a dataset is to be made from another one.</summary>
/// <param name="Steps">Preparation steps, in order, over all rows.</param>
public sealed record DerivationOrder(IReadOnlyList<StepPlan> Steps)
{
    /// <summary>The column to predict, which the steps leave as it is; null for the one that the dataset suggests, where a step needs none.</summary>
    public string? Target { get; init; }

    /// <summary>Null for the parent's name with what was done.</summary>
    public string? Name { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Who asks, and when its job's turn comes.</summary>
    public JobTerms Terms { get; init; } = new();
}
