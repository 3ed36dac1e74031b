namespace Strata.Learning.Workflow.Plots;

/// <summary>Lines over a grid, with a legend where there are several.</summary>
internal sealed class LinePlot
{
    private const int Left = 68, Bottom = 56, Right = 20;

    /// <summary>Where the plot begins under the title, and where with a row for a legend between.</summary>
    private const int UnderTitle = 48, UnderLegend = 64;
    private readonly SvgPicture picture;
    private readonly int top;

    /// <param name="picture">What is drawn on.</param>
    /// <param name="x">The axis between two places.</param>
    /// <param name="y">The axis between two places.</param>
    /// <param name="xTitle">What is across.</param>
    /// <param name="yTitle">What is upwards.</param>
    /// <param name="hasLegendAbove">Whether a row is left for a legend between title and plot.</param>
    public LinePlot(SvgPicture picture, Func<double, double, Axis> x, Func<double, double, Axis> y, string xTitle, string yTitle, bool hasLegendAbove = false)
    {
        this.picture = picture;
        top = hasLegendAbove ? UnderLegend : UnderTitle;
        X = x(Left, picture.Width - Right);
        Y = y(picture.Height - Bottom, top);
        foreach (double tick in X.Ticks)
        {
            picture.Line(X.At(tick), top, X.At(tick), picture.Height - Bottom, "grid");
            picture.Text(X.At(tick), picture.Height - Bottom + 18, X.Label(tick));
        }

        foreach (double tick in Y.Ticks)
        {
            picture.Line(Left, Y.At(tick), picture.Width - Right, Y.At(tick), "grid");
            picture.Text(Left - 8, Y.At(tick) + 4, Y.Label(tick), anchor: "end");
        }

        picture.Line(Left, picture.Height - Bottom, picture.Width - Right, picture.Height - Bottom, "axis");
        picture.Line(Left, top, Left, picture.Height - Bottom, "axis");
        picture.Text((Left + picture.Width - Right) / 2.0, picture.Height - 14, xTitle, "ink");
        picture.Text(18, (top + picture.Height - Bottom) / 2.0, yTitle, "ink", turned: true);
    }

    public Axis X { get; }

    public Axis Y { get; }

    /// <summary>A line that others are compared with.</summary>
    public void Guide(double x1, double y1, double x2, double y2) => picture.Path([(X.At(x1), Y.At(y1)), (X.At(x2), Y.At(y2))], "guide");

    public void Lines(IReadOnlyList<Series> series, bool withMarks = false)
    {
        foreach ((int i, Series one) in series.Index())
        {
            (double X, double Y)[] points = [.. one.X.Zip(one.Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).Select(point => (X.At(point.First), Y.At(point.Second)))];
            picture.Path(points, $"line s{i % SvgPicture.Series}");
            foreach ((double x, double y) in withMarks ? points : [])
            {
                picture.Circle(x, y, 4, $"mark s{i % SvgPicture.Series}");
            }
        }
    }

    public void Dots(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        foreach ((double first, double second) in x.Zip(y))
        {
            picture.Circle(X.At(first), Y.At(second), 2.6, "dot s0");
        }
    }

    /// <param name="names">In the order of the lines.</param>
    /// <param name="atTop">Whether the free corner is the upper right one, else the lower right one.</param>
    public void Legend(IReadOnlyList<string> names, bool atTop)
    {
        const int most = 10, height = 20;
        string[] shown = [.. names.Take(most)];
        double longest = shown.Max(name => name.Length) * 7.0 + 34;
        double left = Math.Max(Left + 8, picture.Width - Right - longest - 8), above = atTop ? top + 8 : picture.Height - Bottom - 8 - shown.Length * height;
        picture.Rectangle(left, above, longest, shown.Length * height + 4, "ground", 0.8);
        foreach ((int i, string name) in shown.Index())
        {
            picture.Rectangle(left + 6, above + i * height + 6, 16, 8, $"mark s{i % SvgPicture.Series}");
            picture.Text(left + 28, above + i * height + 15, name, "ink", "start");
        }
    }
}
