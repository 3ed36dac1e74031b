namespace Strata.Learning.Metrics;

/// <summary>True against false positive rate of one class against the rest, from the highest threshold to the lowest.</summary>
/// <param name="Class">The class that counts as positive.</param>
/// <param name="FalsePositiveRate">Share of the other rows at or above the threshold.</param>
/// <param name="TruePositiveRate">Share of the class's rows at or above the threshold.</param>
/// <param name="Thresholds">Probabilities; the first is above the highest, so that nothing is called positive.</param>
/// <param name="Area">The exact area, before thinning.</param>
public sealed record RocCurve(string Class, double[] FalsePositiveRate, double[] TruePositiveRate, double[] Thresholds, double Area)
{
    /// <summary>The curve, without points on straight pieces, at most <paramref name="most"/> points.</summary>
    internal static RocCurve Of(string name, RankedScores ranked, int most)
    {
        int[] corners = Corners(ranked);
        double[] falseRate = [0, .. corners.Select(i => ranked.FalsePositives[i] / ranked.Negatives)];
        double[] trueRate = [0, .. corners.Select(i => ranked.TruePositives[i] / ranked.Positives)];
        double[] thresholds = [ranked.Thresholds[0] + 1, .. corners.Select(i => ranked.Thresholds[i])];
        int[] kept = CurveThinning.Keep(falseRate, trueRate, most);
        return new RocCurve(name, CurveThinning.At(falseRate, kept), CurveThinning.At(trueRate, kept), CurveThinning.At(thresholds, kept), ranked.RocArea());
    }

    /// <summary>The points at which a step differs from the one before, and both ends.</summary>
    private static int[] Corners(RankedScores ranked)
    {
        double[] t = ranked.TruePositives, f = ranked.FalsePositives;
        return [.. Enumerable.Range(0, t.Length).Where(i => i == 0 || i == t.Length - 1
            || t[i + 1] - t[i] != t[i] - t[i - 1] || f[i + 1] - f[i] != f[i] - f[i - 1])];
    }
}
