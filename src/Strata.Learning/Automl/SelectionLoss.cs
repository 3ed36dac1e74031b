using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Automl;

/// <summary>
/// A metric made quick for weighing candidates, the lower the better. Of each candidate only what the metric looks at is kept, and of very many rows only some are.
/// </summary>
internal sealed class SelectionLoss
{
    private const int MostRows = 20_000;
    private const double LeastProbability = 1e-15;

    private readonly Metric metric;
    private readonly Target target;
    private readonly double[]? weights;
    private readonly int[]? groups;
    private readonly int[]? chosen;
    private readonly Kind kind;
    private readonly bool[] isPositive = [];
    private readonly double[] order;
    private readonly int[] places;

    /// <param name="metric">What decides.</param>
    /// <param name="tested">The rows that were predicted unseen.</param>
    /// <param name="seed">Where chance starts.</param>
    public SelectionLoss(Metric metric, TrainingTable tested, ulong seed)
    {
        this.metric = metric;
        kind = (metric.Name, tested.Target) switch
        {
            ("roc_auc", ClassTarget { Classes.Count: 2 }) => Kind.RankArea,
            ("log_loss", ClassTarget) => Kind.LogLoss,
            ("rmse" or "mse", NumberTarget) => Kind.Squares,
            _ => Kind.Other,
        };
        chosen = tested.RowCount > MostRows && tested.Groups is null ? Chosen(tested.RowCount, seed) : null;
        TrainingTable rows = chosen is null ? tested : tested.Take(chosen);
        (target, weights, groups) = (rows.Target, rows.Weights, rows.Groups);
        if (kind == Kind.RankArea)
        {
            isPositive = [.. ((ClassTarget)target).Codes.Select(code => code == 1)];
        }

        (order, places) = (new double[target.Count], new int[target.Count]);
    }

    private enum Kind
    {
        RankArea,
        LogLoss,
        Squares,
        Other,
    }

    /// <summary>What the metric looks at of a candidate's answers; the mean of these is what it looks at of the mean answer.</summary>
    public double[] Seen(Predictions answer)
    {
        int width = Math.Max(1, answer.Classes.Count);
        int[]? codes = (target as ClassTarget)?.Codes;
        double[] Of(Func<int, int, double> value) => [.. Enumerable.Range(0, target.Count).Select(i => value(i, chosen?[i] ?? i))];
        return kind switch
        {
            Kind.RankArea => Of((_, row) => answer.Values[2 * row + 1]),
            Kind.LogLoss => Of((i, row) => answer.Values[row * width + codes![i]]),
            Kind.Squares => Of((_, row) => answer.Values[row]),
            _ => [.. Enumerable.Range(0, target.Count).SelectMany(i => answer.Values.AsSpan((chosen?[i] ?? i) * width, width).ToArray())],
        };
    }

    /// <summary>The loss of <c>scale</c> times the sum of what is seen; infinite where it is undefined. Not for several threads.</summary>
    public double Of(ReadOnlySpan<double> sum, double scale)
    {
        double loss = kind switch
        {
            Kind.RankArea => -RankArea(sum),
            Kind.LogLoss => LogLoss(sum, scale),
            Kind.Squares => Squares(sum, scale),
            _ => ByMetric(sum, scale),
        };
        return double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    /// <summary>The area under the ROC curve by the ranks of the scores; equal scores count half.</summary>
    private double RankArea(ReadOnlySpan<double> scores)
    {
        scores.CopyTo(order);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(order, places);
        double area = 0, negatives = 0, positives = 0;
        for (int i = 0; i < order.Length;)
        {
            double positivesHere = 0, negativesHere = 0;
            int first = i;
            for (; i < order.Length && order[i] == order[first]; i++)
            {
                double weight = weights?[places[i]] ?? 1;
                positivesHere += isPositive[places[i]] ? weight : 0;
                negativesHere += isPositive[places[i]] ? 0 : weight;
            }

            area += positivesHere * (negatives + negativesHere / 2);
            positives += positivesHere;
            negatives += negativesHere;
        }

        return area / (positives * negatives);
    }

    private double LogLoss(ReadOnlySpan<double> sum, double scale)
    {
        double loss = 0, total = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            loss -= weight * Math.Log(Math.Max(scale * sum[i], LeastProbability));
            total += weight;
        }

        return loss / total;
    }

    private double Squares(ReadOnlySpan<double> sum, double scale)
    {
        double[] truth = ((NumberTarget)target).Values;
        double loss = 0, total = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            double weight = weights?[i] ?? 1, error = scale * sum[i] - truth[i];
            loss += weight * error * error;
            total += weight;
        }

        return loss / total;
    }

    private double ByMetric(ReadOnlySpan<double> sum, double scale)
    {
        var values = new double[sum.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * sum[i];
        }

        double value = metric.Of(target is ClassTarget classes ? Predictions.OfProbabilities(classes.Classes, values, values) : Predictions.OfNumbers(values), target, weights, groups);
        return metric.HigherIsBetter ? -value : value;
    }

    private static int[] Chosen(int rows, ulong seed)
    {
        int[] all = [.. Enumerable.Range(0, rows)];
        RandomSource.For(seed, "rows to select by").Shuffle<int>(all);
        return [.. all.Take(MostRows).Order()];
    }
}
