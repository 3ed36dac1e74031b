using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The record of one training. Its state is its job's; its metric series and artifacts are filed under its id.</summary>
public sealed record Run
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to: its dataset's.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    public string? DatasetId { get; init; }

    public string? DatasetName { get; init; }

    public string? Preset { get; init; }

    /// <summary>The training plan as it was asked for.</summary>
    public required JsonObject Plan { get; init; }

    public required string JobId { get; init; }

    /// <summary>Hyperparameters and other settings by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Metrics on the test rows; empty until the run is completed.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    public string? ModelId { get; init; }

    /// <summary>What people should know about it, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
