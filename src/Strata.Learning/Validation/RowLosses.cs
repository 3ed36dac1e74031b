using Strata.Learning.Metrics;

namespace Strata.Learning.Validation;

/// <summary>How wrong each row is: minus the logarithm of the probability of its true class, or the absolute error.</summary>
public static class RowLosses
{
    private const double LeastProbability = 1e-15;

    /// <exception cref="Data.DataException">Predictions and truth do not fit together.</exception>
    public static double[] Of(Predictions predictions, Target target)
    {
        var rows = ScoredRows.Of(predictions, target, null);
        return rows is ScoredClasses classes
            ? [.. Enumerable.Range(0, rows.Count).Select(row => -Math.Log(Math.Max(classes.Predictions.Probability(row, classes.Codes[row]), LeastProbability)))]
            : [.. Enumerable.Range(0, rows.Count).Select(((ScoredNumbers)rows).AbsoluteError)];
    }
}
