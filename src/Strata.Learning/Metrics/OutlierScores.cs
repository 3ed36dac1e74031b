namespace Strata.Learning.Metrics;

/// <summary>How the scores of outlier detection are spread.</summary>
/// <param name="Threshold">Rows that score higher are outliers.</param>
/// <param name="HistogramEdges">Edges of equal bins over all scores, one more than there are counts.</param>
/// <param name="HistogramCounts">Rows in each bin.</param>
public sealed record OutlierScores(double Threshold, IReadOnlyList<double> HistogramEdges, IReadOnlyList<int> HistogramCounts)
{
    private const int Bins = 40;

    public static OutlierScores Of(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        double low = predictions.Values.Min(), high = predictions.Values.Max(), width = high > low ? (high - low) / Bins : 1.0 / Bins;
        var counts = new int[Bins];
        foreach (double score in predictions.Values)
        {
            counts[Math.Clamp((int)((score - low) / width), 0, Bins - 1)]++;
        }

        return new OutlierScores(predictions.OutlierThreshold, [.. Enumerable.Range(0, Bins + 1).Select(i => low + i * width)], counts);
    }
}
