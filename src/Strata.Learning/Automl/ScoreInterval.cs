using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Automl;

/// <summary>Where a score lies as far as its rows can tell: about 95%, by a bootstrap of few rows whose spread is brought to that of all.</summary>
internal static class ScoreInterval
{
    private const int MostRows = 2000, Draws = 40;
    private const double Deviations = 1.96;

    /// <summary>Null where the metric is undefined.</summary>
    public static MetricInterval? Of(Metric metric, double score, Predictions answer, TrainingTable rows, ulong seed)
    {
        var scored = ScoredRows.Of(answer, rows.Target, rows.Weights, rows.Groups);
        int count = Math.Min(MostRows, rows.RowCount);
        var random = RandomSource.For(seed, "intervals of scores");
        if (count < rows.RowCount && rows.Groups is null)
        {
            int[] few = [.. Enumerable.Range(0, rows.RowCount)];
            random.Shuffle<int>(few);
            Array.Resize(ref few, count);
            scored = ScoredRows.Of(Taken(answer, few), rows.Target.Take(few), rows.Weights is null ? null : [.. few.Select(row => rows.Weights[row])]);
        }

        var source = new RowDraws(scored.Count, scored.Weights, scored.Groups);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => metric.Of(scored.Weighted(source.Next(random)))).Where(double.IsFinite)];
        if (!double.IsFinite(score) || values.Length < Draws / 2)
        {
            return null;
        }

        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) * scored.Count / rows.RowCount);
        return new MetricInterval(score - Deviations * deviation, score + Deviations * deviation);
    }

    private static Predictions Taken(Predictions answer, int[] rows)
    {
        int width = Math.Max(1, answer.Classes.Count);
        double[] values = [.. rows.SelectMany(row => answer.Values.AsSpan(row * width, width).ToArray())];
        return answer.Task.IsClassification() ? Predictions.OfProbabilities(answer.Classes, values, values) : Predictions.OfNumbers(values);
    }
}
