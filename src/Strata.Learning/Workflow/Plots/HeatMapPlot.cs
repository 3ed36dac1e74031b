namespace Strata.Learning.Workflow.Plots;

/// <summary>When something in a series moved its prediction: a line a channel, a cell a stretch of time, blue where the score was raised and orange where it was lowered, as everywhere.</summary>
public static class HeatMapPlot
{
    private const int Left = 150, Right = 24, Top = 52, Line = 28, Bottom = 66, MostCells = 120, MostChannels = 24;

    /// <param name="channels">The names of the lines.</param>
    /// <param name="contributions">[channel][step], of as many steps each.</param>
    /// <param name="output">The target's name, or the class that is spoken of.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(IReadOnlyList<string> channels, IReadOnlyList<IReadOnlyList<double>> contributions, string output, string name = "heat-map")
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(contributions);
        string title = $"When {SvgPicture.Short(output, 30)} is moved";
        int steps = contributions.Count == 0 ? 0 : contributions.Min(line => line.Count);
        if (steps == 0)
        {
            return SvgPicture.Without(name, title, "The series has no steps, so there is nothing to show.");
        }

        int shown = Math.Min(channels.Count, MostChannels), each = (steps + MostCells - 1) / MostCells, cells = (steps + each - 1) / each;
        double[][] sums = [.. contributions.Take(shown).Select(line => Stretches(line, steps, each))];
        double largest = sums.Max(line => line.Max(Math.Abs));
        (int channel, int cell) = Strongest(sums);
        var picture = new SvgPicture(
            name, title, $"Contributions over {steps} steps of {channels.Count} channels{(shown < channels.Count ? $", the first {shown} of which are shown" : string.Empty)}. The strongest, {WaterfallPlot.Signed(sums[channel][cell])}, is {channels[channel]} about step {Math.Min(steps - 1, (int)((cell + 0.5) * each))}.",
            640, Top + shown * Line + Bottom);
        double width = (picture.Width - Left - Right) / (double)cells;
        for (int line = 0; line < shown; line++)
        {
            double y = Top + line * Line;
            picture.Text(Left - 10, y + 18, SvgPicture.Short(channels[line], 18), "ink", "end");
            for (int i = 0; i < cells; i++)
            {
                double strength = largest > 0 ? Math.Abs(sums[line][i]) / largest : 0;
                picture.Rectangle(Left + i * width, y + 1, width + 0.3, Line - 2, sums[line][i] >= 0 ? "mark up" : "mark down", 0.04 + 0.96 * strength);
            }
        }

        Legend(picture, steps, shown, largest);
        return picture.ToString();
    }

    private static void Legend(SvgPicture picture, int steps, int shown, double largest)
    {
        double y = Top + shown * Line;
        foreach (double share in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            picture.Text(Left + share * (picture.Width - Left - Right), y + 18, ((int)(share * (steps - 1))).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        picture.Text((Left + picture.Width - Right) / 2.0, y + 36, "step", "ink");
        picture.Rectangle(Left, y + 48, 14, 10, "mark down");
        picture.Text(Left + 20, y + 57, $"lowers, down to {SvgPicture.Figure(-largest)}", "soft", "start");
        picture.Rectangle(Left + 220, y + 48, 14, 10, "mark up");
        picture.Text(Left + 240, y + 57, $"raises, up to {WaterfallPlot.Signed(largest)}", "soft", "start");
    }

    /// <summary>Neighbouring steps summed, so many each time, so that what a cell shows is what it did.</summary>
    private static double[] Stretches(IReadOnlyList<double> line, int steps, int each)
    {
        var sums = new double[(steps + each - 1) / each];
        for (int step = 0; step < steps; step++)
        {
            sums[step / each] += line[step];
        }

        return sums;
    }

    private static (int Channel, int Cell) Strongest(double[][] sums)
    {
        (int, int) best = (0, 0);
        for (int line = 0; line < sums.Length; line++)
        {
            for (int i = 0; i < sums[line].Length; i++)
            {
                best = Math.Abs(sums[line][i]) > Math.Abs(sums[best.Item1][best.Item2]) ? (line, i) : best;
            }
        }

        return best;
    }
}
