namespace Strata.Learning.Workflow;

/// <summary>Which algorithms are compared, on which folds, within which time.</summary>
public sealed record ComparisonPlan
{
    /// <summary>What is predicted from what: target, structure, preparation, seed. Its algorithm and hyperparameters are left aside.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>Names in the catalog, with settings in brackets if need be: <c>gradient_boosting(trees=200)</c>. A baseline is added where it is missing.</summary>
    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>In how many parts the rows are split; the same for all.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>By which metric they are ranked; null for log loss or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>How long one algorithm may take over all folds; null for as long as it takes.</summary>
    public TimeSpan? TimeEach { get; init; }

    /// <summary>How long all may take together.</summary>
    public TimeSpan? TimeInAll { get; init; }
}
