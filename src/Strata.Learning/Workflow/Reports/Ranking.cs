using System.Globalization;
using Strata.Learning.Automl;
using Strata.Learning.Search;
using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow.Reports;

/// <summary>Models or algorithms measured the same way, the best first.</summary>
/// <param name="Metric">What they are ranked by.</param>
/// <param name="HigherIsBetter">Which of two values is the better one.</param>
/// <param name="Measured">On which rows, in words.</param>
/// <param name="Rows">Those that finished from best to worst, then the others.</param>
public sealed record Ranking(string Metric, bool HigherIsBetter, string Measured, IReadOnlyList<RankedModel> Rows)
{
    private const int MostTrials = 20;

    /// <summary>The algorithms of a comparison. Intervals are of the mean over folds, made wider because folds share training rows (Nadeau and Bengio 2003).</summary>
    public static Ranking Of(AlgorithmComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new Ranking(comparison.Metric, Metrics.Metric.Named(comparison.Metric).HigherIsBetter, comparison.Split, [.. comparison.Algorithms.Select(Row)]);
    }

    /// <summary>The best trials of a search.</summary>
    public static Ranking Of(TuningOutcome tuning)
    {
        ArgumentNullException.ThrowIfNull(tuning);
        bool higher = tuning.Direction == Direction.Maximize;
        Trial[] completed = [.. tuning.Trials.Where(trial => trial.Status == TrialStatus.Completed).OrderBy(trial => higher ? -trial.Value : trial.Value).ThenBy(trial => trial.Number)];
        string shown = completed.Length > MostTrials ? $" The best {MostTrials} of {completed.Length} completed trials are shown." : string.Empty;
        return new Ranking(tuning.Metric, higher, tuning.Folds + shown, [.. completed.Take(MostTrials).Select(trial => Row(trial, tuning.Space))]);
    }

    /// <summary>All that an automatic training tried.</summary>
    public static Ranking Of(Leaderboard tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        return new Ranking(
            tried.Metric, tried.HigherIsBetter, "On training rows, each predicted by models that had not seen it. The ensemble's weights were chosen on these rows, so that its own score is a little too good there.", [.. tried.Rows.Select(Row)]);
    }

    /// <summary>Of an automatic training, with scores on its test rows; null for any other.</summary>
    internal static Ranking? Of(TrainingOutcome outcome, FitContext context) => AutomlModel.Of(outcome.Model) is null ? null : Of(AutomlOutcome.Of(outcome, context).Leaderboard);

    private static RankedModel Row(LeaderboardRow tried) => new(tried.Name)
    {
        Score = tried.Score,
        Low = tried.Low,
        High = tried.High,
        TestScore = tried.TestScore,
        FitSeconds = tried.FitSeconds,
        PredictMicroseconds = tried.PredictMicroseconds,
        Bytes = tried.Bytes,
        Weight = tried.Weight,
        Problem = tried.Reason,
    };

    private static RankedModel Row(ComparedAlgorithm algorithm)
    {
        var row = new RankedModel(algorithm.Name) { FitSeconds = algorithm.FitSeconds, Problem = algorithm.Problem };
        if (algorithm.Problem is not null || algorithm.Scores.Count == 0)
        {
            return row;
        }

        double mean = algorithm.Scores.Average(), reach = Reach(algorithm.Scores);
        return row with { Score = mean, Low = mean - reach, High = mean + reach };
    }

    private static RankedModel Row(Trial trial, SearchSpace space)
    {
        IEnumerable<string> values = space.Named(trial.Point).Select(pair => $"{pair.Key} {Text(pair.Value)}");
        return new RankedModel($"trial {trial.Number}: {string.Join(", ", values)}") { Score = trial.Value };
    }

    private static string Text(System.Text.Json.Nodes.JsonNode? value) =>
        value is System.Text.Json.Nodes.JsonValue number && number.TryGetValue(out double real) ? real.ToString("G4", CultureInfo.InvariantCulture) : value?.ToString() ?? "none";

    /// <summary>How far the interval goes to either side of the mean of k folds: each tests 1 / (k - 1) of what it learns from.</summary>
    private static double Reach(IReadOnlyList<double> scores)
    {
        if (scores.Count < 2)
        {
            return 0;
        }

        double mean = scores.Average(), variance = scores.Sum(score => (score - mean) * (score - mean)) / (scores.Count - 1);
        return StudentT.Quantile(0.05, scores.Count - 1) * Math.Sqrt((1.0 / scores.Count + 1.0 / (scores.Count - 1)) * variance);
    }
}
