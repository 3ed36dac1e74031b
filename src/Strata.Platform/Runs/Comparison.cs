using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The record of algorithms measured on the same folds. Its state is its job's; its scores and its result are filed under its id.</summary>
public sealed record Comparison
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to: its dataset's.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    public required string DatasetId { get; init; }

    public required string DatasetName { get; init; }

    public string? Preset { get; init; }

    /// <summary>The comparison's plan as it was asked for.</summary>
    public required JsonObject Plan { get; init; }

    public required string JobId { get; init; }

    /// <summary>The best algorithm, as it was asked for; null until the comparison is completed, and where none got done.</summary>
    public string? Best { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What is asked for when a comparison is started.</summary>
/// <param name="DatasetId">The dataset to learn from.</param>
/// <param name="Plan">The comparison's plan.</param>
/// <param name="Name">Null for one made from the plan's target.</param>
/// <param name="Preset">The preset that completes the plan, or null.</param>
public sealed record ComparisonRequest(string DatasetId, JsonObject Plan, string? Name = null, string? Preset = null)
{
    /// <summary>Whether a derived dataset is learned from as it stands.</summary>
    public bool AsIs { get; init; }

    /// <summary>Who asks, and when its job's turn comes.</summary>
    public JobTerms Terms { get; init; } = new();
}
