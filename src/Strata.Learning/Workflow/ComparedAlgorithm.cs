using System.Text.Json.Nodes;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow;

/// <summary>How one algorithm did on the folds of a comparison.</summary>
/// <param name="Name">As it was asked for, with its settings.</param>
public sealed record ComparedAlgorithm(string Name)
{
    /// <summary>Its name in the catalog.</summary>
    public string Algorithm { get; init; } = Name;

    /// <summary>Values in place of the algorithm's defaults.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Hyperparameters { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The ranking metric of each finished fold, in the order of the folds.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>Mean and standard deviation of every metric over the finished folds.</summary>
    public IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; } = new Dictionary<string, MetricSummary>();

    /// <summary>Mean time of one fit, in seconds.</summary>
    public double FitSeconds { get; init; }

    /// <summary>Its score less the best one's, with the corrected resampled t-test; null for the best one itself and where not all folds are finished.</summary>
    public Difference? AgainstBest { get; init; }

    /// <summary>Why it did not finish; null where it did.</summary>
    public string? Problem { get; init; }
}

/// <summary>One fold of one algorithm, as soon as it is done.</summary>
/// <param name="Name">The algorithm, as it was asked for.</param>
/// <param name="Fold">The 0-based fold.</param>
/// <param name="FoldCount">How many there are.</param>
/// <param name="Score">The ranking metric on it.</param>
public sealed record ComparedFold(string Name, int Fold, int FoldCount, double Score);
