namespace Strata.Learning.Workflow.Plots;

/// <summary>
/// How far the columns move the predictions of many rows: a line a column, a dot a row, placed by its contribution and coloured by the column's value (Lundberg et al.
/// 2020).
/// </summary>
public static class BeeswarmPlot
{
    private const int Left = 190, Right = 30, Top = 60, Line = 32, Bottom = 66, Bin = 4;
    private const double Spread = 26;

    /// <param name="columns">The first is drawn at the top; all of the same rows.</param>
    /// <param name="output">The target's name, or the class that is spoken of.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(IReadOnlyList<ColumnReasons> columns, string output, string name = "beeswarm")
    {
        ArgumentNullException.ThrowIfNull(columns);
        string title = $"What moves the predictions of {SvgPicture.Short(output, 30)}";
        if (columns.Count == 0 || columns[0].Contributions.Length == 0)
        {
            return SvgPicture.Without(name, title, "No rows were explained, so there is nothing to show.");
        }

        int height = Top + columns.Count * Line + Bottom;
        string means = string.Join(", ", columns.Take(10).Select(column => $"{column.Column} by {SvgPicture.Figure(column.MeanSize)}"));
        var picture = new SvgPicture(name, title, $"Contributions of {columns.Count} columns to the {columns[0].Explained.InWords()} of {columns[0].Contributions.Length} rows, a dot a row. On the mean each moves it: {means}.", 640, height);
        var axis = Axis.Around(columns.SelectMany(column => column.Contributions).Select(value => (double)value).Append(0), Left, picture.Width - Right);
        foreach (double tick in axis.Ticks)
        {
            picture.Line(axis.At(tick), Top - 8, axis.At(tick), height - Bottom, "grid");
            picture.Text(axis.At(tick), height - Bottom + 18, axis.Label(tick));
        }

        picture.Line(axis.At(0), Top - 8, axis.At(0), height - Bottom, "axis");
        foreach ((int i, ColumnReasons column) in columns.Index())
        {
            double middle = Top + (i + 0.5) * Line;
            picture.Text(Left - 12, middle + 4, SvgPicture.Short(column.Column, 24), "ink", "end");
            Swarm(picture, column, axis, middle);
        }

        picture.Text((Left + picture.Width - Right) / 2.0, height - Bottom + 36, $"contribution to the {columns[0].Explained.InWords()}", "ink");
        ValueColours.Legend(picture, (Left + picture.Width - Right) / 2.0, height - 8, "low value", "high value");
        return picture.ToString();
    }

    /// <summary>Dots of about the same contribution stand above one another, those of lower values below.</summary>
    private static void Swarm(SvgPicture picture, ColumnReasons column, Axis axis, double middle)
    {
        string[] colours = ValueColours.Of(column);
        double[] places = [.. column.Contributions.Select(value => axis.At(value))];
        var points = new Dictionary<string, List<(double X, double Y)>>(StringComparer.Ordinal);
        foreach (IGrouping<int, int> stack in Enumerable.Range(0, places.Length).GroupBy(row => (int)(places[row] / Bin)).OrderBy(stack => stack.Key))
        {
            int[] rows = [.. stack.OrderBy(row => float.IsNaN(column.Values[row]) ? float.NegativeInfinity : column.Values[row])];
            double step = Math.Min(Bin, Spread / rows.Length);
            foreach ((int i, int row) in rows.Index())
            {
                (points.TryGetValue(colours[row], out List<(double X, double Y)>? dots) ? dots : points[colours[row]] = []).Add((places[row], middle - (i - (rows.Length - 1) / 2.0) * step));
            }
        }

        foreach ((string colour, List<(double X, double Y)> dots) in points.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            picture.Dots(dots, $"swarm {colour}");
        }
    }
}
