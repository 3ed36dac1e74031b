namespace Strata.Learning.Metrics;

/// <summary>How predicted numbers lie beside the true ones.</summary>
/// <param name="Rows">0-based rows of the shown points: all, or 2000 spread evenly.</param>
/// <param name="Actual">The true values of those rows.</param>
/// <param name="Predicted">The predicted values of those rows.</param>
/// <param name="HistogramEdges">Edges of equal bins of actual minus predicted over all rows, one more than there are counts.</param>
/// <param name="HistogramCounts">Rows in each bin; an edge belongs to the upper bin, the last edge to the last.</param>
public sealed record Residuals(int[] Rows, double[] Actual, double[] Predicted, double[] HistogramEdges, int[] HistogramCounts)
{
    private const int MostPoints = 2000;
    private const int MostBins = 40;

    internal static Residuals Of(ScoredNumbers rows)
    {
        int shown = Math.Min(rows.Count, MostPoints);
        int[] sample = [.. Enumerable.Range(0, shown).Select(i => (int)((long)i * rows.Count / shown))];
        (double[] edges, int[] counts) = Histogram([.. rows.Actual.Zip(rows.Predicted, (actual, predicted) => actual - predicted)]);
        return new Residuals(sample, [.. sample.Select(row => rows.Actual[row])], [.. sample.Select(row => rows.Predicted[row])], edges, counts);
    }

    private static (double[] Edges, int[] Counts) Histogram(double[] values)
    {
        double low = values.Min(), width = values.Max() - low;
        int binCount = width > 0 ? MostBins : 1;
        var counts = new int[binCount];
        foreach (double value in values)
        {
            counts[width > 0 ? Math.Min(binCount - 1, (int)((value - low) / width * binCount)) : 0]++;
        }

        return ([.. Enumerable.Range(0, binCount + 1).Select(i => low + width * i / binCount)], counts);
    }
}
