namespace Strata.Learning.Data.Profiling;

/// <summary>Counts between edges: bin i holds the values from edge i to below edge i + 1, the last bin also those at its upper edge.</summary>
public sealed record Histogram(IReadOnlyList<double> Edges, IReadOnlyList<int> Counts)
{
    private const int MostBins = 50;
    private const int LeastBins = 10;
    private const double TailShare = 0.01;

    /// <summary>
    /// One bin a value for few whole numbers; else equal bins of Freedman and Diaconis's width, 10 to 50 of them. Where a few far values would press all others into
    /// one bin, the outermost percent at either end is put into one wide bin.
    /// </summary>
    /// <param name="sorted">The values, ascending, at least one.</param>
    /// <param name="isWhole">Whether all are whole numbers.</param>
    public static Histogram Of(ReadOnlySpan<double> sorted, bool isWhole)
    {
        double min = sorted[0], max = sorted[^1];
        if (min == max)
        {
            return Count(sorted, [min - 0.5, max + 0.5]);
        }

        if (isWhole && max - min < MostBins)
        {
            return Count(sorted, EqualEdges(min - 0.5, max + 0.5, (int)(max - min) + 1));
        }

        double width = 2 * (NumberSummary.Quantile(sorted, 0.75) - NumberSummary.Quantile(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        if (BinsOf(max - min, width) is int bins && bins <= MostBins)
        {
            return Count(sorted, EqualEdges(min, max, bins));
        }

        double low = NumberSummary.Quantile(sorted, TailShare), high = NumberSummary.Quantile(sorted, 1 - TailShare);
        if (!(high > low))
        {
            return Count(sorted, EqualEdges(min, max, MostBins));
        }

        double[] inner = EqualEdges(low, high, Math.Min(BinsOf(high - low, width), MostBins - 2));
        return Count(sorted, [.. min < low ? [min] : Array.Empty<double>(), .. inner, .. max > high ? [max] : Array.Empty<double>()]);
    }

    private static int BinsOf(double range, double width) => width > 0 ? (int)Math.Clamp(Math.Ceiling(range / width), LeastBins, int.MaxValue) : int.MaxValue;

    private static double[] EqualEdges(double from, double to, int bins)
    {
        var edges = new double[bins + 1];
        for (int i = 0; i < bins; i++)
        {
            edges[i] = from + (to - from) * ((double)i / bins);
        }

        edges[bins] = to;
        return edges;
    }

    private static Histogram Count(ReadOnlySpan<double> sorted, double[] edges)
    {
        var counts = new int[edges.Length - 1];
        int at = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            int first = at;
            while (at < sorted.Length && (bin == counts.Length - 1 || sorted[at] < edges[bin + 1]))
            {
                at++;
            }

            counts[bin] = at - first;
        }

        return new Histogram(edges, counts);
    }
}
