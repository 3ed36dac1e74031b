using Strata.Learning.Workflow.Reports;

namespace Strata.Learning.Workflow.Plots;

/// <summary>Scores beside one another with their intervals, the best at the top.</summary>
public static class LeaderboardPlot
{
    private const int Left = 230, Right = 74, Top = 52, Bar = 24, Bottom = 52, Most = 25;

    /// <param name="leaderboard">What is shown; rows without a score are left out.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(Ranking leaderboard, string name = "leaderboard")
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        const string title = "Leaderboard";
        RankedModel[] rows = [.. leaderboard.Rows.Where(row => row.Score is double score && double.IsFinite(score)).Take(Most)];
        if (rows.Length == 0)
        {
            return SvgPicture.Without(name, title, "None of them finished, so there is nothing to compare.");
        }

        int height = Top + rows.Length * Bar + Bottom;
        string direction = leaderboard.HigherIsBetter ? "higher is better" : "lower is better";
        var picture = new SvgPicture(name, title, $"{leaderboard.Metric}, {direction}: {string.Join(", ", rows.Select(row => $"{row.Name} {SvgPicture.Figure(row.Score!.Value)}"))}.", 640, height);
        (double least, double most) = Near([.. rows.Select(row => row.Score!.Value).Order()]);
        bool IsNear(RankedModel row) => row.Score >= least && row.Score <= most;
        var axis = Axis.Around(rows.Where(IsNear).SelectMany(row => new[] { row.Score!.Value, row.Low ?? row.Score.Value, row.High ?? row.Score.Value, row.TestScore ?? row.Score.Value }), Left, picture.Width - Right);
        foreach (double tick in axis.Ticks)
        {
            picture.Line(axis.At(tick), Top - 4, axis.At(tick), height - Bottom, "grid");
            picture.Text(axis.At(tick), height - Bottom + 16, axis.Label(tick));
        }

        foreach ((int i, RankedModel row) in rows.Index())
        {
            double middle = Top + (i + 0.5) * Bar;
            picture.Text(Left - 12, middle + 4, SvgPicture.Short(row.Name, 30), "ink", "end");
            if (!IsNear(row))
            {
                bool isLeft = row.Score < least;
                picture.Text(isLeft ? Left : picture.Width - Right, middle + 5, isLeft ? "\u25c2" : "\u25b8", "ink");
                picture.Text(picture.Width - 10, middle + 4, SvgPicture.Figure(row.Score!.Value), "soft", "end");
                continue;
            }

            if (row is { Low: double low, High: double high })
            {
                picture.Line(axis.At(low), middle, axis.At(high), middle, "thin s0");
                picture.Line(axis.At(low), middle - 4, axis.At(low), middle + 4, "thin s0");
                picture.Line(axis.At(high), middle - 4, axis.At(high), middle + 4, "thin s0");
            }

            if (row.TestScore is double tested)
            {
                picture.Circle(axis.At(tested), middle, 3.5, "mark s1");
            }

            picture.Circle(axis.At(row.Score!.Value), middle, 5, "mark s0");
            picture.Text(picture.Width - 10, middle + 4, SvgPicture.Figure(row.Score.Value), "soft", "end");
        }

        string beyond = rows.All(IsNear) ? string.Empty : "; arrows: beyond the edge";
        picture.Text((Left + picture.Width - Right) / 2.0, height - 14, $"{leaderboard.Metric}, {direction}{(rows.Any(row => row.TestScore is not null) ? "; orange: on test rows" : string.Empty)}{beyond}", "ink");
        return picture.ToString();
    }

    /// <summary>Between which scores most lie: a baseline far off would press all others together.</summary>
    private static (double Least, double Most) Near(double[] ascending)
    {
        double At(double share) => ascending[(int)Math.Round(share * (ascending.Length - 1))];
        double room = Math.Max(6 * (At(0.75) - At(0.25)), 0.2 * (ascending[^1] - ascending[0]));
        return (At(0.25) - room, At(0.75) + room);
    }
}
