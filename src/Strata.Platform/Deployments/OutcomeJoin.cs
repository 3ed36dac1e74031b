using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>Puts an outcome beside the prediction that it belongs to.</summary>
internal static class OutcomeJoin
{
    /// <summary>Null where a number was predicted and the outcome is none.</summary>
    public static KnownPrediction? Of(LoggedPrediction logged, string outcome, IReadOnlyList<string> classes, DateTimeOffset now)
    {
        double? value = NumberText.TryParse(outcome, out double number) ? number : outcome switch { "true" => 1, "false" => 0, _ => null };
        if (logged.Class is null && value is null)
        {
            return null;
        }

        int trueClass = classes.ToList().IndexOf(outcome);
        bool hasProbabilities = logged.Class is not null && logged.Probabilities.Count == classes.Count && classes.Count > 0;
        int called = hasProbabilities ? classes.ToList().IndexOf(logged.Class!) : -1;
        return new KnownPrediction
        {
            PredictionId = logged.Id,
            ModelId = logged.ModelId,
            IsShadow = logged.IsShadow,
            PredictedAt = logged.At,
            KnownAt = now,
            Prediction = logged.Prediction,
            Outcome = outcome,
            IsCorrect = logged.Class is string name ? name == outcome : null,
            Error = logged.Number - value,
            ProbabilityOfOutcome = hasProbabilities && trueClass >= 0 ? logged.Probabilities[trueClass] : null,
            Confidence = called >= 0 ? logged.Probabilities[called] : null,
            Value = value,
        };
    }
}
