using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Validation.Comparison;

/// <summary>Whether A is better than B on the same test rows: the rows are drawn again and again with replacement (whole groups where there are any), for both alike.</summary>
public static class PairedBootstrap
{
    /// <param name="metric">What is compared.</param>
    /// <param name="a">A's predictions.</param>
    /// <param name="b">B's predictions of the same rows.</param>
    /// <param name="target">The truth.</param>
    /// <param name="weights">A weight a row, or null.</param>
    /// <param name="groups">A group a row: groups are drawn whole. Null for none.</param>
    /// <param name="draws">How often rows are drawn.</param>
    /// <param name="level">The share of draws within the interval.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <exception cref="DataException">Predictions and truth do not fit, or the metric is undefined on these rows.</exception>
    public static Difference Of(
        Metric metric, Predictions a, Predictions b, Target target, double[]? weights = null, int[]? groups = null, int draws = 1000, double level = 0.95, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        double observed = metric.Of(a, target, weights) - metric.Of(b, target, weights);
        if (!double.IsFinite(observed))
        {
            throw new DataException($"Metric '{metric.Name}' is undefined on these {target.Count} rows.");
        }

        ScoredRows ofA = ScoredRows.Of(a, target, weights), ofB = ScoredRows.Of(b, target, weights);
        var rows = new RowDraws(target.Count, weights, groups);
        var random = RandomSource.For(seed, "paired bootstrap");
        double[] gaps = [.. Enumerable.Range(0, draws).Select(_ => rows.Next(random)).Select(drawn => metric.Of(ofA.Weighted(drawn)) - metric.Of(ofB.Weighted(drawn))).Where(double.IsFinite).Order()];
        double below = gaps.Count(gap => gap <= 0), above = gaps.Count(gap => gap >= 0);
        double pValue = Math.Min(1, 2 * (Math.Min(below, above) + 1) / (gaps.Length + 1));
        return new Difference(observed, RowDraws.Quantile(gaps, (1 - level) / 2), RowDraws.Quantile(gaps, (1 + level) / 2), pValue);
    }
}
