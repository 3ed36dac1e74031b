using Strata.Tensors;

namespace Strata.Learning.Metrics;

/// <summary>Where a metric's value lies, as far as these rows can tell.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record MetricInterval(double Low, double High);

/// <summary>Confidence intervals of metrics by the percentile bootstrap (Efron 1979): rows are drawn with replacement, whole groups where rows have them.</summary>
public static class MetricIntervals
{
    private const int MostRowDraws = 4_000_000;

    /// <summary>By name, for every metric that is defined on the rows; the same seed gives the same intervals.</summary>
    /// <param name="predictions">One a row.</param>
    /// <param name="target">The truth.</param>
    /// <param name="weights">A weight a row, or null for one each.</param>
    /// <param name="groups">A group a row: groups are drawn whole. Null for none.</param>
    /// <param name="draws">How often rows are drawn; fewer where there are very many rows, at least 40.</param>
    /// <param name="level">The share of draws within the interval.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <param name="further">Metrics beside the usual ones; null for none.</param>
    /// <param name="cancellation">Looked at before each draw.</param>
    /// <exception cref="Data.DataException">Predictions and truth do not fit.</exception>
    public static IReadOnlyDictionary<string, MetricInterval> Of(
        Predictions predictions, Target target, double[]? weights = null, int[]? groups = null, int draws = 200, double level = 0.95, ulong seed = 0, IReadOnlyList<Metric>? further = null,
        CancellationToken cancellation = default)
    {
        var rows = ScoredRows.Of(predictions, target, weights, groups);
        draws = Math.Clamp(MostRowDraws / rows.Count, Math.Min(40, draws), draws);
        Metric[] metrics = [.. Metric.For(rows.Task).Concat(further ?? []).DistinctBy(metric => metric.Name).Where(metric => double.IsFinite(metric.Of(rows)))];
        double[][] values = [.. metrics.Select(_ => new double[draws])];
        var source = new RowDraws(rows.Count, weights, groups);
        var random = RandomSource.For(seed, "bootstrap of metrics");
        for (int draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            ScoredRows again = rows.Weighted(source.Next(random));
            for (int i = 0; i < metrics.Length; i++)
            {
                values[i][draw] = metrics[i].Of(again);
            }
        }

        var intervals = new OrderedDictionary<string, MetricInterval>(StringComparer.Ordinal);
        for (int i = 0; i < metrics.Length; i++)
        {
            double[] sorted = [.. values[i].Where(double.IsFinite).Order()];
            if (sorted.Length > draws / 2)
            {
                intervals.Add(metrics[i].Name, new MetricInterval(RowDraws.Quantile(sorted, (1 - level) / 2), RowDraws.Quantile(sorted, (1 + level) / 2)));
            }
        }

        return intervals;
    }
}
