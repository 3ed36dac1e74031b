using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Learning.Validation;

/// <summary>Finds the rule of decision that is best by a metric or by costs, on predictions for rows that the model had not seen.</summary>
public static class DecisionTuning
{
    private const int MostThresholds = 400;

    /// <summary>The threshold with the best value of a metric, of two classes; of equally good ones the one nearest to 0.5.</summary>
    /// <exception cref="DataException">There are not two classes, or the metric does not depend on which class is called.</exception>
    public static DecisionRule ByMetric(Metric metric, Predictions predictions, Target target, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Classes.Count != 2)
        {
            throw new DataException($"A threshold is tuned for two classes; '{target?.Name}' has {predictions.Classes.Count}. Give costs instead.");
        }

        (double Threshold, double Value)[] tried = [.. Thresholds(predictions).Select(threshold => (threshold, Value(new DecisionRule(threshold)))).Where(point => double.IsFinite(point.Item2))];
        if (tried.Length == 0 || (tried.Length > 1 && tried.Max(point => point.Value) == tried.Min(point => point.Value)))
        {
            throw new DataException($"Metric '{metric.Name}' is the same for every threshold; tune by one of the called classes, such as f1, balanced_accuracy or mcc.");
        }

        double best = metric.HigherIsBetter ? tried.Max(point => point.Value) : tried.Min(point => point.Value);
        return new DecisionRule(tried.Where(point => point.Value == best).MinBy(point => Math.Abs(point.Threshold - 0.5)).Threshold);

        double Value(DecisionRule rule) => metric.Of(predictions.With(rule, null), target, weights);
    }

    /// <summary>The rule with the least cost: for two classes the threshold that was cheapest on these rows, for more the least expected cost of each row.</summary>
    /// <param name="costs">[true class][called class], of which the diagonal usually is 0.</param>
    /// <param name="predictions">For rows that the model had not seen.</param>
    /// <param name="target">Their truth.</param>
    /// <param name="weights">A weight a row, or null.</param>
    /// <exception cref="DataException">The costs are no square of the number of classes, or not finite numbers.</exception>
    public static DecisionRule ByCosts(IReadOnlyList<IReadOnlyList<double>> costs, Predictions predictions, ClassTarget target, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(target);
        int classes = predictions.Classes.Count;
        if (!IsSquare(costs, classes))
        {
            throw new DataException($"Costs are {costs.Count} lines of {string.Join(", ", costs.Select(line => line.Count))} numbers; expected {classes} lines of {classes} finite numbers: what calling a row of the line's class by each class costs, in the order {NearNames.List(predictions.Classes, 12)}.");
        }

        return classes > 2
            ? new DecisionRule(null, costs)
            : new DecisionRule(Thresholds(predictions).MinBy(threshold => (Cost(threshold), Math.Abs(threshold - 0.5))));

        double Cost(double threshold)
        {
            var rule = new DecisionRule(threshold);
            double sum = 0;
            for (int row = 0; row < target.Count; row++)
            {
                sum += (weights?[row] ?? 1) * costs[target.Codes[row]][rule.Call(predictions.Probabilities(row))];
            }

            return sum;
        }
    }

    internal static bool Fits(DecisionRule rule, ModelSignature signature) => rule.Threshold is double threshold
        ? signature.Classes.Count == 2 && double.IsFinite(threshold)
        : rule.Costs is { } costs && signature.Task.IsClassification() && IsSquare(costs, signature.Classes.Count);

    private static bool IsSquare(IReadOnlyList<IReadOnlyList<double>> costs, int classes) =>
        costs.Count == classes && costs.All(line => line.Count == classes && line.All(double.IsFinite));

    /// <summary>Halfway between neighbouring probabilities of the second class; spread evenly over the rows where there are many.</summary>
    private static double[] Thresholds(Predictions predictions)
    {
        double[] sorted = [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Probability(row, 1)).Distinct().Order()];
        int count = Math.Min(sorted.Length - 1, MostThresholds);
        int[] places = [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (int)((long)i * (sorted.Length - 1) / count))];
        return [0.5, .. places.Select(place => (sorted[place] + sorted[place + 1]) / 2)];
    }
}
