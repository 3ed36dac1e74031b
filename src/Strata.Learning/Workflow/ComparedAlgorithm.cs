using Strata.Learning.Validation;
using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow;

/// <summary>How one algorithm did on the folds of a comparison.</summary>
/// <param name="Name">As it was asked for, with its settings.</param>
public sealed record ComparedAlgorithm(string Name)
{
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
