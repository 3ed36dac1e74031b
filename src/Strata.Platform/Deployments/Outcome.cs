namespace Strata.Platform.Deployments;

/// <summary>What turned out to be true of one prediction.</summary>
/// <param name="PredictionId">The prediction.</param>
/// <param name="Value">The class, or the number as text.</param>
public sealed record Outcome(string PredictionId, string Value);

/// <summary>A prediction of a model beside what turned out to be true.</summary>
public sealed record KnownPrediction
{
    public required string PredictionId { get; init; }

    public required string ModelId { get; init; }

    public bool IsShadow { get; init; }

    public required DateTimeOffset PredictedAt { get; init; }

    public required DateTimeOffset KnownAt { get; init; }

    public required string Prediction { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Whether the class was right; null for numbers.</summary>
    public bool? IsCorrect { get; init; }

    /// <summary>The predicted number minus the true one; null for classes.</summary>
    public double? Error { get; init; }

    /// <summary>What the model gave the true class; null for numbers, and where the class is none of the model's.</summary>
    public double? ProbabilityOfOutcome { get; init; }

    /// <summary>What the model gave the class that it called; null for numbers.</summary>
    public double? Confidence { get; init; }

    /// <summary>The outcome as a number, where it is one: true counts as 1, false as 0.</summary>
    public double? Value { get; init; }
}

/// <summary>What became of outcomes that were sent.</summary>
/// <param name="Recorded">How many predictions now have one.</param>
/// <param name="Unknown">Ids that the log does not hold: not sampled, too old, or of another deployment.</param>
public sealed record OutcomeReceipt(int Recorded, IReadOnlyList<string> Unknown);
