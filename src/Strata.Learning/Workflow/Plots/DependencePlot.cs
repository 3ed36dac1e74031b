namespace Strata.Learning.Workflow.Plots;

/// <summary>A column's contribution over its value, a dot a row, coloured by another column's value: where dots of one height have several colours, the two work together.</summary>
public static class DependencePlot
{
    private const int MostLevels = 12;

    /// <param name="column">The column.</param>
    /// <param name="colour">The column by whose values dots are coloured, of the same rows; null for one colour.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(ColumnReasons column, ColumnReasons? colour = null, string name = "dependence")
    {
        ArgumentNullException.ThrowIfNull(column);
        string title = $"{SvgPicture.Short(column.Column, 40)}: contribution by value";
        int[] known = [.. Enumerable.Range(0, column.Values.Length).Where(row => !float.IsNaN(column.Values[row]))];
        if (known.Length == 0)
        {
            return SvgPicture.Without(name, title, "The column has no values that could be put on an axis.");
        }

        if (column.Levels is { Count: > MostLevels })
        {
            return SvgPicture.Without(name, title, $"The column has {column.Levels.Count} levels, too many for an axis.");
        }

        string by = colour is null ? string.Empty : $", coloured by {colour.Column}";
        string missing = known.Length < column.Values.Length ? $" {column.Values.Length - known.Length} rows without a value are left out." : string.Empty;
        var picture = new SvgPicture(name, title, $"The contribution of {column.Column} to the {column.Explained.InWords()} over its value in {known.Length} rows{by}. From {SvgPicture.Figure(known.Min(row => column.Contributions[row]))} to {SvgPicture.Figure(known.Max(row => column.Contributions[row]))}.{missing}");
        bool hasLegend = colour is { Levels: null or { Count: <= 2 } };
        Func<double, double, Axis> across = column.Levels is { } levels
            ? (from, to) => Axis.OfLevels(levels, from, to)
            : (from, to) => Axis.Around(known.Select(row => (double)column.Values[row]), from, to);
        var plot = new LinePlot(picture, across, (from, to) => Axis.Around(known.Select(row => (double)column.Contributions[row]).Append(0), from, to), column.Column, $"contribution to the {column.Explained.InWords()}", hasLegendAbove: hasLegend);
        plot.Guide(plot.X.Low, 0, plot.X.High, 0);
        string[] colours = colour is null ? [.. column.Values.Select(_ => "s0")] : ValueColours.Of(colour);
        foreach (IGrouping<string, int> same in known.GroupBy(row => colours[row]).OrderBy(same => same.Key, StringComparer.Ordinal))
        {
            picture.Dots([.. same.Select(row => (plot.X.At(column.Values[row]), plot.Y.At(column.Contributions[row])))], $"swarm {same.Key}");
        }

        if (hasLegend)
        {
            ValueColours.Legend(picture, picture.Width - 190, 52, $"{SvgPicture.Short(colour!.Column, 20)}: low", "high");
        }

        return picture.ToString();
    }
}
