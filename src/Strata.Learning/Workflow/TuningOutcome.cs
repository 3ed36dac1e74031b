using System.Text.Json.Nodes;
using Strata.Learning.Search;
using Strata.Learning.Search.Analysis;

namespace Strata.Learning.Workflow;

/// <summary>What tuning gave: the trials, the best of them, and the training with its hyperparameters.</summary>
public sealed record TuningOutcome
{
    public required TuningPlan Plan { get; init; }

    public required SearchSpace Space { get; init; }

    /// <summary>The metric that was tuned for.</summary>
    public required string Metric { get; init; }

    public required Direction Direction { get; init; }

    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>The completed trial of the best mean over folds.</summary>
    public required Trial Best { get; init; }

    /// <summary>The best trial's hyperparameters.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> BestValues { get; init; }

    /// <summary>How much of the metric's variation over the space each hyperparameter explains; empty where trials are too few.</summary>
    public required IReadOnlyList<ParameterImportance> Importance { get; init; }

    /// <summary>How the training rows were split into folds, in words.</summary>
    public required string Folds { get; init; }

    /// <summary>The best hyperparameters fitted on all training rows and tested, once, on rows that no trial saw.</summary>
    public required TrainingOutcome Training { get; init; }
}
