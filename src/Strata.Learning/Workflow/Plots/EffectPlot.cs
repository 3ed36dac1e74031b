using Strata.Learning.Explanation.Effects;

namespace Strata.Learning.Workflow.Plots;

/// <summary>What a model says along the values of one column: a line, and thin ones of single rows where they are known. Levels have no order, so that theirs are dots.</summary>
public static class EffectPlot
{
    private const int MostLines = 60, MostLevels = 20;

    /// <summary>Partial dependence, with the lines of single rows (ICE) where these were asked for.</summary>
    /// <param name="effect">What was measured.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(PartialDependence effect, int output = 0, string name = "partial-dependence")
    {
        ArgumentNullException.ThrowIfNull(effect);
        string title = $"{SvgPicture.Short(effect.Outputs[output], 24)} by {SvgPicture.Short(effect.Grid.Column, 30)}";
        return Draw(title, effect.Grid.Column, effect.Grid.Labels, effect.Grid.Numbers, effect.Means[output], "what the model says on average", effect.Individual?[output] ?? [], name);
    }

    /// <summary>Accumulated local effects: above zero the column raises what the model says, below it lowers it.</summary>
    /// <param name="effect">What was measured.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(AccumulatedEffects effect, int output = 0, string name = "accumulated-effects")
    {
        ArgumentNullException.ThrowIfNull(effect);
        string title = $"Effect of {SvgPicture.Short(effect.Grid.Column, 30)} on {SvgPicture.Short(effect.Outputs[output], 24)}";
        return Draw(title, effect.Grid.Column, effect.Grid.Labels, effect.Grid.Numbers, effect.Effects[output], "accumulated local effect", [], name);
    }

    /// <param name="title">What is shown.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="labels">Each value as text.</param>
    /// <param name="numbers">The same as numbers, ascending; null for levels.</param>
    /// <param name="effects">By value.</param>
    /// <param name="yTitle">What the effects are.</param>
    /// <param name="individual">By row and value; empty for none.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    internal static string Draw(
        string title, string column, IReadOnlyList<string> labels, IReadOnlyList<double>? numbers, IReadOnlyList<double> effects, string yTitle, IReadOnlyList<IReadOnlyList<double>> individual, string name)
    {
        if (effects.Count == 0)
        {
            return SvgPicture.Without(name, title, "The column has no values along which an effect could be told.");
        }

        if (numbers is null && labels.Count > MostLevels)
        {
            return SvgPicture.Without(name, title, $"The column has {labels.Count} levels, too many for an axis.");
        }

        IReadOnlyList<double>[] lines = [.. Enumerable.Range(0, Math.Min(individual.Count, MostLines)).Select(i => individual[(int)((long)i * individual.Count / Math.Min(individual.Count, MostLines))])];
        double[] x = numbers is null ? [.. Enumerable.Range(0, labels.Count).Select(level => (double)level)] : [.. numbers];
        int lowest = Enumerable.Range(0, effects.Count).MinBy(i => effects[i]), highest = Enumerable.Range(0, effects.Count).MaxBy(i => effects[i]);
        string alone = lines.Length == 0 ? string.Empty : $" {lines.Length} single rows are shown beside.";
        var picture = new SvgPicture(name, title, $"{yTitle} over {column}: lowest, {SvgPicture.Figure(effects[lowest])}, at {labels[lowest]}; highest, {SvgPicture.Figure(effects[highest])}, at {labels[highest]}.{alone}");
        Func<double, double, Axis> across = numbers is null ? (from, to) => Axis.OfLevels(labels, from, to) : (from, to) => Axis.Around(x, from, to);
        var plot = new LinePlot(picture, across, (from, to) => Axis.Around(lines.SelectMany(line => line).Concat(effects), from, to), column, yTitle);
        foreach (IReadOnlyList<double> line in lines)
        {
            Add(picture, plot, x, line, numbers is null, "s5");
        }

        if (numbers is null)
        {
            foreach ((double place, double effect) in x.Zip(effects))
            {
                picture.Circle(plot.X.At(place), plot.Y.At(effect), 5, "mark s0");
            }
        }
        else
        {
            plot.Lines([new Series(column, x, effects)]);
        }

        return picture.ToString();
    }

    /// <summary>One row: a thin line, or faint dots where values have no order.</summary>
    private static void Add(SvgPicture picture, LinePlot plot, double[] x, IReadOnlyList<double> line, bool areLevels, string colour)
    {
        (double X, double Y)[] points = [.. x.Zip(line, (place, value) => (plot.X.At(place), plot.Y.At(value)))];
        if (areLevels)
        {
            picture.Dots(points, $"swarm faint {colour}");
        }
        else
        {
            picture.Path(points, $"hair {colour}");
        }
    }
}
