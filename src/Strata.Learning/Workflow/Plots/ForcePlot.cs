namespace Strata.Learning.Workflow.Plots;

/// <summary>One row's score as a bar on which what raises it pushes from the left and what lowers it from the right.</summary>
public static class ForcePlot
{
    private const int Side = 30, Top = 84, Bar = 34, MostEach = 6;

    /// <param name="row">Why the row got its score.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(RowReasons row, string name = "force")
    {
        ArgumentNullException.ThrowIfNull(row);
        string title = $"What pushes {SvgPicture.Short(row.Output, 30)} to {SvgPicture.Figure(row.Score)}";
        ColumnReason[] up = Largest(row, 1), down = Largest(row, -1);
        if (up.Length + down.Length == 0)
        {
            return SvgPicture.Without(name, title, $"No column moved the score: it is the bias, {SvgPicture.Figure(row.Bias)}.");
        }

        double raised = up.Sum(one => one.Contribution), lowered = -down.Sum(one => one.Contribution);
        int height = Top + Bar + 34 + 18 * Math.Max(up.Length, down.Length);
        string told = string.Join(", ", up.Concat(down).Select(one => $"{WaterfallPlot.Label(one)} {WaterfallPlot.Signed(one.Contribution)}"));
        var picture = new SvgPicture(name, title, $"Raised by {SvgPicture.Figure(raised)} and lowered by {SvgPicture.Figure(lowered)} from {SvgPicture.Figure(row.Bias)}: {told}.", 640, height);
        double unit = (picture.Width - 2 * Side) / (raised + lowered), meeting = Side + raised * unit;
        picture.Text(Math.Clamp(meeting, 210, picture.Width - 210), Top - 26, $"{row.Explained.InWords()} {SvgPicture.Figure(row.Score)}, before any column is known {SvgPicture.Figure(row.Bias)}", "ink");
        picture.Line(meeting, Top - 18, meeting, Top + Bar + 6, "axis");
        Push(picture, up, meeting, -unit, "up");
        Push(picture, down, meeting, -unit, "down");
        foreach ((int i, ColumnReason one) in up.Index())
        {
            picture.Text(Side, Top + Bar + 26 + 18 * i, $"{SvgPicture.Short(WaterfallPlot.Label(one), 30)}  {WaterfallPlot.Signed(one.Contribution)}", "ink", "start");
        }

        foreach ((int i, ColumnReason one) in down.Index())
        {
            picture.Text(picture.Width - Side, Top + Bar + 26 + 18 * i, $"{SvgPicture.Short(WaterfallPlot.Label(one), 30)}  {WaterfallPlot.Signed(one.Contribution)}", "ink", "end");
        }

        return picture.ToString();
    }

    /// <summary>From the meeting point outwards, the largest first; each piece ends in a point that shows where it pushes.</summary>
    private static void Push(SvgPicture picture, ColumnReason[] reasons, double from, double unit, string style)
    {
        foreach (ColumnReason reason in reasons)
        {
            double to = from + reason.Contribution * unit, point = Math.CopySign(Math.Min(6, Math.Abs(to - from) / 2), to - from);
            picture.Shape([(from, Top + Bar / 2.0), (from + point, Top), (to, Top), (to, Top + Bar), (from + point, Top + Bar)], $"mark {style}");
            from = to + Math.CopySign(Math.Min(1.5, Math.Abs(to - from) / 4), to - from);
        }
    }

    private static ColumnReason[] Largest(RowReasons row, int sign)
    {
        ColumnReason[] those = [.. row.Columns.Where(column => Math.Sign(column.Contribution) == sign)];
        return [.. (row with { Columns = those }).Largest(MostEach)];
    }
}
