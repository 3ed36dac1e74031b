namespace Strata.Learning.Explanation.Cohorts;

/// <summary>Measures of whether a model treats two cohorts alike (Hardt, Price and Srebro 2016; Barocas, Hardt and Narayanan 2023).</summary>
internal static class CohortFairness
{
    public static IReadOnlyList<CohortMeasure> Of(ModelSignature signature, (Predictions Said, Target? Truth) first, (Predictions Said, Target? Truth) second, CohortDraws draws, string? positive)
    {
        if (signature.Task == LearningTask.Regression)
        {
            return OfNumbers(signature.Target, first, second, draws);
        }

        if (!signature.Task.IsClassification())
        {
            return [];
        }

        IEnumerable<int> codes = positive is not null ? [signature.Classes.ToList().IndexOf(positive)] : signature.Classes.Count == 2 ? [1] : Enumerable.Range(0, signature.Classes.Count);
        return [.. codes.SelectMany(code => OfClass(signature.Classes[code], CohortAnswers.Of(first.Said, first.Truth, code), CohortAnswers.Of(second.Said, second.Truth, code), draws))];
    }

    private static IEnumerable<CohortMeasure> OfClass(string name, CohortAnswers first, CohortAnswers second, CohortDraws draws)
    {
        yield return draws.Difference("demographic_parity_difference", name, first.SelectionRate, second.SelectionRate);
        yield return draws.Of("demographic_parity_ratio", name, first.SelectionRate, second.SelectionRate, (a, b) => Math.Min(a, b) / Math.Max(a, b));
        yield return draws.Difference("mean_probability_difference", name, first.MeanProbability, second.MeanProbability);
        if (first.IsTrue is null || second.IsTrue is null)
        {
            yield break;
        }

        yield return draws.Difference("equal_opportunity_difference", name, first.TruePositiveRate, second.TruePositiveRate);
        yield return draws.Difference("false_positive_rate_difference", name, first.FalsePositiveRate, second.FalsePositiveRate);
        (double? odds, Metrics.MetricInterval? interval) = draws.Of((a, b) =>
            Math.Max(Math.Abs(first.TruePositiveRate(a) - second.TruePositiveRate(b)), Math.Abs(first.FalsePositiveRate(a) - second.FalsePositiveRate(b))));
        yield return new CohortMeasure("equalized_odds_difference", name, null, null, odds, interval);
        yield return draws.Difference("accuracy_difference", name, first.Accuracy, second.Accuracy);
        yield return draws.Difference("calibration_gap_difference", name, first.CalibrationGap, second.CalibrationGap);
        yield return draws.Difference("calibration_error_difference", name, first.CalibrationError, second.CalibrationError);
    }

    private static CohortMeasure[] OfNumbers(string name, (Predictions Said, Target? Truth) first, (Predictions Said, Target? Truth) second, CohortDraws draws)
    {
        static double Mean(int[] rows, Predictions said) => rows.Average(row => said.Values[row]);
        var measures = new List<CohortMeasure> { draws.Difference("mean_prediction_difference", name, rows => Mean(rows, first.Said), rows => Mean(rows, second.Said)) };
        if (first.Truth is NumberTarget one && second.Truth is NumberTarget other)
        {
            static double Error(int[] rows, Predictions said, NumberTarget truth) => rows.Average(row => said.Values[row] - truth.Values[row]);
            static double AbsoluteError(int[] rows, Predictions said, NumberTarget truth) => rows.Average(row => Math.Abs(said.Values[row] - truth.Values[row]));
            measures.Add(draws.Difference("mean_error_difference", name, rows => Error(rows, first.Said, one), rows => Error(rows, second.Said, other)));
            measures.Add(draws.Difference("mae_difference", name, rows => AbsoluteError(rows, first.Said, one), rows => AbsoluteError(rows, second.Said, other)));
        }

        return [.. measures];
    }
}
