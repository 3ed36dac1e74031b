namespace Strata.Learning.Metrics;

/// <summary>Precision against recall of one class against the rest, from the highest threshold to the lowest.</summary>
/// <param name="Class">The class that counts as positive.</param>
/// <param name="Recall">Share of the class's rows at or above the threshold.</param>
/// <param name="Precision">Share of the rows at or above the threshold that are of the class; 1 where there are none.</param>
/// <param name="Thresholds">Probabilities; the first is above the highest, so that nothing is called positive.</param>
/// <param name="AveragePrecision">Exact, before thinning.</param>
public sealed record PrecisionRecallCurve(string Class, double[] Recall, double[] Precision, double[] Thresholds, double AveragePrecision)
{
    internal static PrecisionRecallCurve Of(string name, RankedScores ranked, int most)
    {
        double[] recall = [0, .. ranked.TruePositives.Select(positives => positives / ranked.Positives)];
        double[] precision = [1, .. Enumerable.Range(0, ranked.Thresholds.Length).Select(ranked.PrecisionAt)];
        double[] thresholds = [ranked.Thresholds[0] + 1, .. ranked.Thresholds];
        int[] kept = CurveThinning.Keep(recall, precision, most);
        return new PrecisionRecallCurve(
            name, CurveThinning.At(recall, kept), CurveThinning.At(precision, kept), CurveThinning.At(thresholds, kept), ranked.AveragePrecision());
    }
}
