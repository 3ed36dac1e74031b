namespace Strata.Learning.Workflow.Plots;

/// <summary>One row's score as a walk from the bias, a step a column, the largest first.</summary>
public static class WaterfallPlot
{
    private const int Left = 230, Right = 80, Top = 56, Bar = 26, Bottom = 48;

    /// <param name="row">Why the row got its score.</param>
    /// <param name="most">So many columns; the others are one step.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(RowReasons row, int most = 12, string name = "waterfall")
    {
        ArgumentNullException.ThrowIfNull(row);
        string title = $"Why {SvgPicture.Short(row.Output, 24)} scores {SvgPicture.Figure(row.Score)}";
        IReadOnlyList<ColumnReason> steps = row.Largest(most);
        if (steps.Count == 0)
        {
            return SvgPicture.Without(name, title, $"No column moved the score: it is the bias, {SvgPicture.Figure(row.Bias)}.");
        }

        int height = Top + (steps.Count + 2) * Bar + Bottom;
        string told = string.Join(", ", steps.Select(step => $"{Label(step)} {Signed(step.Contribution)}"));
        var picture = new SvgPicture(name, title, $"From {SvgPicture.Figure(row.Bias)} before any column is known to {SvgPicture.Figure(row.Score)}: {told}.", 640, height);
        double[] places = [row.Bias, .. steps.Select((_, i) => row.Bias + steps.Take(i + 1).Sum(step => step.Contribution))];
        var axis = Axis.Around(places.Append(row.Score), Left, picture.Width - Right);
        foreach (double tick in axis.Ticks)
        {
            picture.Line(axis.At(tick), Top, axis.At(tick), height - Bottom, "grid");
            picture.Text(axis.At(tick), height - Bottom + 18, axis.Label(tick));
        }

        Mark(picture, axis, Top, "before any column is known", row.Bias);
        foreach ((int i, ColumnReason step) in steps.Index())
        {
            double y = Top + (i + 1) * Bar, from = axis.At(places[i]), to = axis.At(places[i + 1]);
            picture.Text(Left - 10, y + 17, SvgPicture.Short(Label(step), 30), "ink", "end");
            picture.Rectangle(Math.Min(from, to), y + 4, Math.Max(1, Math.Abs(to - from)), Bar - 8, $"mark {(step.Contribution > 0 ? "up" : "down")}");
            picture.Text(Math.Max(from, to) + 6, y + 17, Signed(step.Contribution), "soft", "start");
            picture.Line(to, y + Bar - 4, to, y + Bar + 4, "axis");
        }

        Mark(picture, axis, height - Bottom - Bar, row.Explained.InWords(), row.Score);
        return picture.ToString();
    }

    internal static string Label(ColumnReason reason) => reason.Value is null ? reason.Column : $"{reason.Column} = {SvgPicture.Short(reason.Value, 14)}";

    internal static string Signed(double value) => $"{(value > 0 ? "+" : string.Empty)}{SvgPicture.Figure(value)}";

    private static void Mark(SvgPicture picture, Axis axis, double y, string label, double value)
    {
        picture.Text(Left - 10, y + 17, label, "soft", "end");
        picture.Line(axis.At(value), y + 3, axis.At(value), y + Bar - 3, "thin s0");
        picture.Text(axis.At(value) + 6, y + 17, SvgPicture.Figure(value), "ink", "start");
    }
}
