namespace Strata.Learning.Metrics;

/// <summary>What calling rows positive from one probability of class 1 upward would give. Counts are sums of weights; what divides by zero is 0.</summary>
public sealed record ThresholdPoint(double Threshold, double Tp, double Fp, double Tn, double Fn, double Precision, double Recall, double F1, double Accuracy)
{
    /// <summary>The thresholds 0, 0.01, ... 1.</summary>
    internal static IReadOnlyList<ThresholdPoint> Of(RankedScores ranked)
    {
        var points = new List<ThresholdPoint>(101);
        int above = ranked.Thresholds.Length;
        for (int percent = 0; percent <= 100; percent++)
        {
            double threshold = percent / 100.0;
            while (above > 0 && ranked.Thresholds[above - 1] < threshold)
            {
                above--;
            }

            double tp = above == 0 ? 0 : ranked.TruePositives[above - 1], fp = above == 0 ? 0 : ranked.FalsePositives[above - 1];
            points.Add(At(threshold, tp, fp, tn: ranked.Negatives - fp, fn: ranked.Positives - tp));
        }

        return points;
    }

    private static ThresholdPoint At(double threshold, double tp, double fp, double tn, double fn)
    {
        static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
        return new ThresholdPoint(threshold, tp, fp, tn, fn, Ratio(tp, tp + fp), Ratio(tp, tp + fn), Ratio(2 * tp, 2 * tp + fp + fn), Ratio(tp + tn, tp + fp + tn + fn));
    }
}
