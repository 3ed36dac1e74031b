using Strata.Learning.Data;

namespace Strata.Learning.Validation.Comparison;

/// <summary>
/// Whether A is better than B over the same folds: Student's t with the variance enlarged for training sets that share rows (Nadeau and Bengio 2003, "Inference for the
/// generalization error"): variance of the mean = (1/n + test rows / training rows) times the folds' variance.
/// </summary>
public static class CorrectedResampledTest
{
    /// <param name="a">A's value of the metric in each fold.</param>
    /// <param name="b">B's, in the same folds.</param>
    /// <param name="testToTraining">Tested rows over learned rows of a fold, such as 0.25 for five folds.</param>
    /// <param name="level">The share of certainty of the interval.</param>
    /// <exception cref="DataException">Fewer than two folds, unequal numbers, or values that are not numbers.</exception>
    public static Difference Of(IReadOnlyList<double> a, IReadOnlyList<double> b, double testToTraining, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var problems = new List<string>();
        if (a.Count != b.Count || a.Count < 2)
        {
            problems.Add($"There are {a.Count} and {b.Count} folds; a comparison needs the same folds, at least two.");
        }

        if (!a.Concat(b).All(double.IsFinite))
        {
            problems.Add("A metric is not a number in every fold; compare by one that is defined in each.");
        }

        if (!(testToTraining > 0 && double.IsFinite(testToTraining) && level is > 0 and < 1))
        {
            problems.Add($"Test rows over training rows are {testToTraining} and the level {level}; the first is above 0, the second between 0 and 1.");
        }

        DataException.ThrowIfAny(problems);
        int folds = a.Count;
        double[] gaps = [.. a.Zip(b, (x, y) => x - y)];
        double mean = gaps.Average();
        double variance = gaps.Sum(gap => (gap - mean) * (gap - mean)) / (folds - 1);
        double error = Math.Sqrt((1.0 / folds + testToTraining) * variance);
        double reach = StudentT.Quantile(1 - level, folds - 1) * error;
        double pValue = error > 0 ? StudentT.TwoSided(Math.Abs(mean) / error, folds - 1) : mean == 0 ? 1 : 0;
        return new Difference(mean, mean - reach, mean + reach, pValue);
    }

    /// <summary>Compares two cross-validations on the same folds by one metric.</summary>
    /// <exception cref="DataException">The folds differ, or the metric is undefined in one.</exception>
    public static Difference Of(CrossValidation a, CrossValidation b, string metric, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Folds.Count != b.Folds.Count || a.Folds.Zip(b.Folds, (x, y) => x.Rows.Test.AsSpan().SequenceEqual(y.Rows.Test)).Contains(false))
        {
            throw new DataException("The two cross-validations have different folds; give both the same splits.");
        }

        double ratio = a.Folds.Average(fold => (double)fold.Rows.Test.Length / fold.Rows.Train.Length);
        return Of([.. a.Folds.Select(Value)], [.. b.Folds.Select(Value)], ratio, level);

        double Value(Fold fold) => fold.Evaluation.Metrics.GetValueOrDefault(metric, double.NaN);
    }
}
