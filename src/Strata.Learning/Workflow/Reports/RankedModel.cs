namespace Strata.Learning.Workflow.Reports;

/// <summary>One of several models or algorithms that were measured the same way; what is not known of it is null.</summary>
/// <param name="Name">What people know it by.</param>
public sealed record RankedModel(string Name)
{
    /// <summary>The metric on rows that it did not learn from, by which rows are ranked; null where it did not finish.</summary>
    public double? Score { get; init; }

    /// <summary>The lower end of the score's 95% interval.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of the score's 95% interval.</summary>
    public double? High { get; init; }

    /// <summary>The metric on test rows that chose nothing.</summary>
    public double? TestScore { get; init; }

    public double? FitSeconds { get; init; }

    /// <summary>The time that one row's prediction takes.</summary>
    public double? PredictMicroseconds { get; init; }

    /// <summary>The size of the model's file.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its part in an ensemble, from 0 to 1.</summary>
    public double? Weight { get; init; }

    /// <summary>Why it did not finish; null where it did.</summary>
    public string? Problem { get; init; }
}
