namespace Strata.Learning.Automl;

/// <summary>One candidate, or the ensemble of them, on the leaderboard. Numbers that are not known are left out.</summary>
public sealed record LeaderboardRow
{
    public required string Name { get; init; }

    /// <summary>As text that a portfolio takes; empty for the ensemble.</summary>
    public string Recipe { get; init; } = string.Empty;

    /// <summary>From 1; of the ensemble the highest that it uses.</summary>
    public int Layer { get; init; } = 1;

    public CandidateState State { get; init; }

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The metric on training rows, each predicted by models that had not seen it. The ensemble's weights were chosen on these rows, so that its own is a little too good.</summary>
    public double? Score { get; init; }

    /// <summary>Lower end of the score's 95% interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the score's 95% interval.</summary>
    public double? High { get; init; }

    /// <summary>All fits of its folds; left out where the clock decides nothing.</summary>
    public double? FitSeconds { get; init; }

    /// <summary>For predicting a row of many, with what it reads of the first layer; left out where the clock decides nothing.</summary>
    public double? PredictMicroseconds { get; init; }

    /// <summary>Of its own models, before packing.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its part in the ensemble's answer.</summary>
    public double Weight { get; init; }

    /// <summary>Correlation of its errors with the ensemble's: the lower, the more it differs.</summary>
    public double? ErrorCorrelation { get; init; }

    /// <summary>The metric on test rows; only where these were asked for.</summary>
    public double? TestScore { get; init; }

    public double? TestLow { get; init; }

    public double? TestHigh { get; init; }
}
