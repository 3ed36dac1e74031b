namespace Strata.Learning.Metrics;

/// <summary>How often a class is true among rows that were given about the same probability of it. Empty bins are left out.</summary>
/// <param name="Class">The class.</param>
/// <param name="MeanPredicted">Mean probability of each bin's rows.</param>
/// <param name="Observed">Share of each bin's rows that are of the class.</param>
/// <param name="Counts">Number of rows in each bin.</param>
public sealed record CalibrationCurve(string Class, double[] MeanPredicted, double[] Observed, int[] Counts)
{
    internal static CalibrationCurve Of(string name, ScoredClasses rows, int classCode, int binCount = ClassMetrics.ConfidenceBins)
    {
        var (predicted, observed, weight, counts) = (new double[binCount], new double[binCount], new double[binCount], new int[binCount]);
        for (int row = 0; row < rows.Count; row++)
        {
            double probability = rows.Predictions.Probability(row, classCode);
            int bin = BinOf(probability, binCount);
            predicted[bin] += rows.Weight(row) * probability;
            observed[bin] += rows.Codes[row] == classCode ? rows.Weight(row) : 0;
            weight[bin] += rows.Weight(row);
            counts[bin]++;
        }

        int[] filled = [.. Enumerable.Range(0, binCount).Where(bin => weight[bin] > 0)];
        return new CalibrationCurve(
            name, [.. filled.Select(bin => predicted[bin] / weight[bin])], [.. filled.Select(bin => observed[bin] / weight[bin])], [.. filled.Select(bin => counts[bin])]);
    }

    /// <summary>The bin of equal width in [0, 1]; an edge belongs to the lower bin.</summary>
    internal static int BinOf(double probability, int binCount)
    {
        int bin = Math.Clamp((int)Math.Ceiling(probability * binCount) - 1, 0, binCount - 1);

        // The product may have been rounded over an edge i / binCount in either direction.
        return bin > 0 && probability <= (double)bin / binCount ? bin - 1 : bin < binCount - 1 && probability > (bin + 1.0) / binCount ? bin + 1 : bin;
    }
}
