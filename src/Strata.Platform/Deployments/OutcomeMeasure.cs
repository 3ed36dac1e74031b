using Strata.Learning;

namespace Strata.Platform.Deployments;

/// <summary>By what of the outcomes models are compared.</summary>
public enum OutcomeMeasure
{
    /// <summary>Whether the class was right; more is better.</summary>
    Correct,

    /// <summary>How far the number was off; less is better.</summary>
    AbsoluteError,

    /// <summary>The outcome itself, such as a sale or its price; more is better.</summary>
    Outcome,
}

/// <summary>What the measures take of a prediction whose outcome is known.</summary>
public static class OutcomeMeasures
{
    public static OutcomeMeasure UsualFor(LearningTask task) => task.IsClassification() ? OutcomeMeasure.Correct : OutcomeMeasure.AbsoluteError;

    public static bool MoreIsBetter(this OutcomeMeasure measure) => measure != OutcomeMeasure.AbsoluteError;

    /// <summary>Null where the prediction has none.</summary>
    public static double? Of(this OutcomeMeasure measure, KnownPrediction known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return measure switch
        {
            OutcomeMeasure.Correct => known.IsCorrect is bool correct ? correct ? 1 : 0 : null,
            OutcomeMeasure.AbsoluteError => known.Error is double error ? Math.Abs(error) : null,
            _ => known.Value,
        };
    }
}
