using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>What can be said of outlier scores: how they are spread and, where some rows are known to be outliers, how well they are found.</summary>
public static class OutlierEvaluation
{
    /// <summary>The metrics that need known outliers.</summary>
    private static readonly string[] ByScore = ["roc_auc", "average_precision"], ByFlag = ["precision", "recall", "f1"];

    /// <param name="predictions">Scores of some rows.</param>
    /// <param name="known">Of each row whether it is an outlier (class 1 of two), or null when nobody knows.</param>
    /// <param name="knownRows">The 0-based rows that <paramref name="known"/> speaks of; null for all.</param>
    /// <param name="weights">Non-negative weight a row, or null for one each.</param>
    public static Evaluation Of(Predictions predictions, ClassTarget? known = null, int[]? knownRows = null, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.RowCount == 0)
        {
            throw new DataException("There are no rows to evaluate.");
        }

        double all = weights?.Sum() ?? predictions.RowCount;
        double flagged = Enumerable.Range(0, predictions.RowCount).Where(predictions.IsOutlier).Sum(row => weights?[row] ?? 1);
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal) { ["outlier_share"] = flagged / all, ["mean_score"] = predictions.Values.Average() };
        var evaluation = new Evaluation
        {
            Task = LearningTask.OutlierDetection,
            RowCount = predictions.RowCount,
            Classes = [],
            Metrics = metrics,
            OutlierScores = OutlierScores.Of(predictions),
        };
        return known is null ? evaluation : WithKnown(evaluation, metrics, predictions, known, knownRows ?? [.. Enumerable.Range(0, predictions.RowCount)], weights);
    }

    private static Evaluation WithKnown(Evaluation evaluation, OrderedDictionary<string, double> metrics, Predictions predictions, ClassTarget known, int[] rows, double[]? weights)
    {
        double[]? knownWeights = weights is null ? null : [.. rows.Select(row => weights[row])];
        Predictions scored = AsTwoClasses(known.Classes, rows, row => predictions.Values[row]), flags = AsTwoClasses(known.Classes, rows, row => predictions.IsOutlier(row) ? 1 : 0);
        foreach ((string[] names, Predictions given) in new[] { (ByScore, scored), (ByFlag, flags) })
        {
            foreach (string name in names)
            {
                double value = Metric.Named(name).Of(given, known, knownWeights);
                if (double.IsFinite(value))
                {
                    metrics[name] = value;
                }
            }
        }

        var curves = Evaluation.Of(scored, known, knownWeights);
        return evaluation with
        {
            RocCurves = curves.RocCurves,
            PrecisionRecallCurves = curves.PrecisionRecallCurves,
            Notes = [$"'{known.Name}' was not learned from; it only tells how many rows of '{known.Classes[1]}' were found ({known.Codes.Count(code => code == 1)} of {rows.Length} rows)."],
        };
    }

    private static Predictions AsTwoClasses(IReadOnlyList<string> classes, int[] rows, Func<int, double> second)
    {
        double[] scores = [.. rows.Select(second)];
        return Predictions.OfProbabilities(classes, scores, [.. scores.SelectMany(score => (double[])[1 - score, score])]);
    }
}
