using Strata.Learning.Losses;

namespace Strata.Learning.Metrics;

/// <summary>Metrics of numbers, as scikit-learn defines them.</summary>
internal static class NumberMetrics
{
    /// <summary>For a constant target 1 when every prediction is right, else 0; NaN for a single row.</summary>
    public static double R2(ScoredNumbers rows) => rows.Count < 2 ? double.NaN : Explained(MeanSquaredError(rows), Variance(rows, row => rows.Actual[row]));

    public static double ExplainedVariance(ScoredNumbers rows) =>
        Explained(Variance(rows, row => rows.Actual[row] - rows.Predicted[row]), Variance(rows, row => rows.Actual[row]));

    public static double RootMeanSquaredError(ScoredNumbers rows) => Math.Sqrt(MeanSquaredError(rows));

    public static double MeanAbsoluteError(ScoredNumbers rows) => rows.Mean(rows.AbsoluteError);

    /// <summary>A true value of 0 counts as one machine epsilon, so a single one makes it huge.</summary>
    public static double MeanAbsolutePercentageError(ScoredNumbers rows)
    {
        const double epsilon = 2.220446049250313e-16;
        return rows.Mean(row => rows.AbsoluteError(row) / Math.Max(Math.Abs(rows.Actual[row]), epsilon));
    }

    /// <summary>Without weights the mean of the two middle errors; with weights the first error at which half the weight is reached.</summary>
    public static double MedianAbsoluteError(ScoredNumbers rows)
    {
        double[] errors = [.. Enumerable.Range(0, rows.Count).Select(rows.AbsoluteError)];
        if (rows.Weights is null)
        {
            Array.Sort(errors);
            return (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
        }

        double[] weights = [.. rows.Weights];
        Array.Sort(errors, weights);
        double half = weights.Sum() / 2, reached = 0;
        int at = -1;
        do
        {
            reached += weights[++at];
        }
        while (at + 1 < errors.Length && reached < half);
        return errors[at];
    }

    public static double MaxError(ScoredNumbers rows) => Enumerable.Range(0, rows.Count).Where(row => rows.Weight(row) > 0).Max(rows.AbsoluteError);

    /// <summary>Mean Tweedie deviance of a power from 1 (Poisson) to 2 (gamma); NaN where a target or prediction lies outside its range.</summary>
    public static double Deviance(ScoredNumbers rows, double power) => rows.Mean(row =>
    {
        double truth = rows.Actual[row], mean = rows.Predicted[row];
        return mean <= 0 || truth < 0 || (truth == 0 && power == 2) ? double.NaN
            : power == 1 ? 2 * ((truth > 0 ? truth * Math.Log(truth / mean) : 0) - truth + mean)
            : power == 2 ? 2 * (Math.Log(mean / truth) + truth / mean - 1)
            : 2 * (Math.Pow(truth, 2 - power) / ((1 - power) * (2 - power)) - truth * Math.Pow(mean, 1 - power) / (1 - power) + Math.Pow(mean, 2 - power) / (2 - power));
    });

    /// <summary>Mean over the groups, weighted by their rows' mean weight; NaN without groups or where a target is no relevance (a whole number from 0 to 31).</summary>
    public static double Ndcg(ScoredNumbers rows)
    {
        const int places = 10, mostRelevance = 31;
        if (rows.Groups is null || rows.Actual.Any(value => !(value >= 0 && value <= mostRelevance && value == Math.Floor(value))))
        {
            return double.NaN;
        }

        double sum = 0, all = 0;
        foreach (IGrouping<int, int> query in Enumerable.Range(0, rows.Count).GroupBy(row => rows.Groups[row]))
        {
            int[] own = [.. query];
            int[] order = [.. Enumerable.Range(0, own.Length).OrderByDescending(i => rows.Predicted[own[i]])];
            double weight = own.Average(rows.Weight);
            sum += weight * new DiscountedGain(places).Ndcg([.. own.Select(row => (float)rows.Actual[row])], order);
            all += weight;
        }

        return sum / all;
    }

    private static double MeanSquaredError(ScoredNumbers rows) => rows.Mean(row => Square(rows.Actual[row] - rows.Predicted[row]));

    private static double Variance(ScoredNumbers rows, Func<int, double> of)
    {
        double mean = rows.Mean(of);
        return rows.Mean(row => Square(of(row) - mean));
    }

    private static double Explained(double error, double variance) => variance != 0 ? 1 - error / variance : error == 0 ? 1 : 0;

    private static double Square(double value) => value * value;
}
