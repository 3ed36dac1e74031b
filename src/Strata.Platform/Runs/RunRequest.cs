using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>What is asked for when a training is started.</summary>
public sealed record RunRequest(string DatasetId, JsonObject Plan)
{
    /// <summary>The name of the job's input that holds <see cref="Study"/>.</summary>
    public const string StudyInput = "study";

    /// <summary>Null for a name made from the plan's algorithm and target.</summary>
    public string? Name { get; init; }

    public string? Preset { get; init; }

    /// <summary>How good hyperparameters are searched first; null to train with those of the plan.</summary>
    public JsonObject? Tuning { get; init; }

    /// <summary>In how many parts the training rows are cross-validated beside the test; null for none.</summary>
    public int? Folds { get; init; }

    /// <summary>Whether a derived dataset is learned from as it stands, and not from the rows that it was made from with its steps fitted anew.</summary>
    public bool AsIs { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>For networks: the weights that it begins from; null to begin by chance.</summary>
    public StartWeights? Start { get; init; }

    /// <summary>The stored models that are combined; empty to train.</summary>
    public IReadOnlyList<EnsembleMember> Members { get; init; } = [];

    /// <summary>The stored model that a small one learns to answer like; null to learn from the rows' own target.</summary>
    public EnsembleMember? Teacher { get; init; }

    /// <summary>The file with the finished candidates of an earlier study, which this one goes on from; null to begin anew.</summary>
    public string? Study { get; init; }

    /// <summary>What whoever put the request into Strata's words should tell of it; they come before the training's own notes.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is known beforehand to make the model look better than it is.</summary>
    public IReadOnlyList<PreparationLeak> Leaks { get; init; } = [];

    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Who asks, and when its job's turn comes.</summary>
    public JobTerms Terms { get; init; } = new();
}
