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
    public static double MedianAbsoluteError(ScoredNumbers rows) => Quantile(rows, [.. Enumerable.Range(0, rows.Count).Select(rows.AbsoluteError)], 0.5);

    public static double MaxError(ScoredNumbers rows) => Enumerable.Range(0, rows.Count).Where(row => rows.Weight(row) > 0).Max(rows.AbsoluteError);

    /// <summary>Koenker and Bassett 1978: the share of each error above the prediction, and the rest of it below.</summary>
    public static double Pinball(ScoredNumbers rows, double share) => rows.Mean(row => Pinball(rows.Actual[row] - rows.Predicted[row], share));

    /// <summary>Koenker and Machado 1999: against always predicting the rows' own quantile; NaN for a single row.</summary>
    public static double PinballExplained(ScoredNumbers rows, double share)
    {
        double quantile = Quantile(rows, rows.Actual, share);
        return rows.Count < 2 ? double.NaN : Explained(Pinball(rows, share), rows.Mean(row => Pinball(rows.Actual[row] - quantile, share)));
    }

    /// <summary>Huber 1964.</summary>
    public static double Huber(ScoredNumbers rows, double delta) => rows.Mean(row =>
    {
        double error = rows.AbsoluteError(row);
        return error <= delta ? error * error / 2 : delta * (error - delta / 2);
    });

    /// <summary>NaN where a target or a prediction is -1 or less.</summary>
    public static double RootMeanSquaredLogError(ScoredNumbers rows) => Math.Sqrt(rows.Mean(row =>
        rows.Actual[row] > -1 && rows.Predicted[row] > -1 ? Square(Math.Log(1 + rows.Actual[row]) - Math.Log(1 + rows.Predicted[row])) : double.NaN));

    public static double MeanSquaredError(ScoredNumbers rows) => rows.Mean(row => Square(rows.Actual[row] - rows.Predicted[row]));

    private static double Pinball(double error, double share) => error >= 0 ? share * error : (share - 1) * error;

    /// <summary>Without weights between the order statistics, linearly; with weights the first value at which the share of the weight is reached.</summary>
    private static double Quantile(ScoredNumbers rows, double[] values, double share)
    {
        double[] sorted = [.. values];
        if (rows.Weights is null)
        {
            Array.Sort(sorted);
            return RowDraws.Quantile(sorted, share);
        }

        double[] weights = [.. rows.Weights];
        Array.Sort(sorted, weights);
        double wanted = share * weights.Sum(), reached = 0;
        int at = -1;
        do
        {
            reached += weights[++at];
        }
        while (at + 1 < sorted.Length && (reached < wanted || reached == 0));
        return sorted[at];
    }

    private static double Variance(ScoredNumbers rows, Func<int, double> of)
    {
        double mean = rows.Mean(of);
        return rows.Mean(row => Square(of(row) - mean));
    }

    internal static double Explained(double error, double variance) => variance != 0 ? 1 - error / variance : error == 0 ? 1 : 0;

    private static double Square(double value) => value * value;
}
