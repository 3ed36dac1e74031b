using System.Text.Json.Serialization;

namespace Strata.Learning.Automl;

/// <summary>All that a study tried, the ensemble first, then the candidates from the best to the worst, then those that were not fitted.</summary>
/// <param name="Metric">What decided.</param>
/// <param name="HigherIsBetter">Of the metric.</param>
/// <param name="Rows">At least one.</param>
public sealed record Leaderboard(string Metric, bool HigherIsBetter, IReadOnlyList<LeaderboardRow> Rows)
{
    /// <summary>The name of the row that tells of all weighted together.</summary>
    public const string EnsembleName = "ensemble";

    [JsonIgnore]
    public LeaderboardRow Ensemble => Rows[0];

    /// <summary>The row that looks at no column; null where it could not be fitted.</summary>
    [JsonIgnore]
    public LeaderboardRow? Trivial => Rows.FirstOrDefault(row => row.Recipe == Validation.Baseline.AlgorithmName);

    /// <summary>The row of the linear model with usual settings; null where it could not be fitted.</summary>
    [JsonIgnore]
    public LeaderboardRow? Linear => Rows.FirstOrDefault(row => row is { Layer: 1, Score: not null } && Portfolio.IsLinear(row.Recipe));

    /// <summary>How much better the ensemble is than a row, in the metric's unit, by test scores where both have one; null where that is not known.</summary>
    public double? GainOver(LeaderboardRow? row)
    {
        double? gain = row is null ? null : row.TestScore is not null && Ensemble.TestScore is not null ? Ensemble.TestScore - row.TestScore : Ensemble.Score - row.Score;
        return HigherIsBetter ? gain : -gain;
    }

    /// <summary>The candidates that have ended so far, in their order; there is no ensemble before the end.</summary>
    public static Leaderboard SoFar(string metric, bool higherIsBetter, IEnumerable<LeaderboardRow> candidates) => new(metric, higherIsBetter, [.. InOrder(higherIsBetter, candidates)]);

    /// <summary>In their order: the ensemble, by score, without a score.</summary>
    internal static Leaderboard Of(Metrics.Metric metric, LeaderboardRow ensemble, IEnumerable<LeaderboardRow> candidates) => new(metric.Name, metric.HigherIsBetter,
    [
        ensemble, .. InOrder(metric.HigherIsBetter, candidates),
    ]);

    private static IEnumerable<LeaderboardRow> InOrder(bool higherIsBetter, IEnumerable<LeaderboardRow> candidates) =>
        candidates.OrderBy(row => row.Score is double score && double.IsFinite(score) ? higherIsBetter ? -score : score : double.PositiveInfinity);
}
