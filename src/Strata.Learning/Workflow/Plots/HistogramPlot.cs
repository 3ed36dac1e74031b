namespace Strata.Learning.Workflow.Plots;

/// <summary>How often values fall between edges.</summary>
public static class HistogramPlot
{
    /// <param name="title">What is counted.</param>
    /// <param name="xTitle">What the values are.</param>
    /// <param name="edges">Rising, one more than there are counts.</param>
    /// <param name="counts">Of the values between each edge and the next.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(string title, string xTitle, IReadOnlyList<double> edges, IReadOnlyList<int> counts, string name = "histogram")
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(counts);
        int all = counts.Sum();
        if (all == 0)
        {
            return SvgPicture.Without(name, title, "There are no values to count.");
        }

        int fullest = Enumerable.Range(0, counts.Count).MaxBy(bin => counts[bin]);
        var picture = new SvgPicture(name, title, $"{all} values from {SvgPicture.Figure(edges[0])} to {SvgPicture.Figure(edges[^1])}; most, {counts[fullest]}, from {SvgPicture.Figure(edges[fullest])} to {SvgPicture.Figure(edges[fullest + 1])}.", 640, 340);
        var plot = new LinePlot(picture, (from, to) => Axis.Around(edges, from, to), (from, to) => Axis.Around([0, counts[fullest]], from, to), xTitle, "rows");
        for (int bin = 0; bin < counts.Count; bin++)
        {
            double left = plot.X.At(edges[bin]), right = plot.X.At(edges[bin + 1]), top = plot.Y.At(counts[bin]);
            picture.Rectangle(left + 0.5, top, Math.Max(1, right - left - 1), plot.Y.At(0) - top, "mark s0");
        }

        return picture.ToString();
    }
}
