namespace Strata.Learning.Metrics;

/// <summary>
/// Deviances of the Tweedie family, whose variance grows with the mean to a power: 0 is the squared error, 1 Poisson, 2 gamma, 3 inverse Gaussian (Jorgensen 1987). Between 0
/// and 1 there is no such distribution.
/// </summary>
internal static class Deviances
{
    private const double MostPower = 10;

    public static bool IsPower(double power) => power is <= 0 or >= 1 and <= MostPower;

    /// <summary>NaN where a target or a prediction lies outside the power's range.</summary>
    public static double Mean(ScoredNumbers rows, double power) => rows.Mean(row => Of(rows.Actual[row], rows.Predicted[row], power));

    /// <summary>The share of the deviance of the mean that the predictions save; NaN for a single row or outside the power's range.</summary>
    public static double Explained(ScoredNumbers rows, double power)
    {
        double mean = rows.Mean(row => rows.Actual[row]);
        return rows.Count < 2 ? double.NaN : NumberMetrics.Explained(Mean(rows, power), rows.Mean(row => Of(rows.Actual[row], mean, power)));
    }

    private static double Of(double truth, double mean, double power) =>
        power == 0 ? (truth - mean) * (truth - mean)
        : mean <= 0 || (power >= 1 && truth < 0) || (power >= 2 && truth == 0) ? double.NaN
        : power == 1 ? 2 * ((truth > 0 ? truth * Math.Log(truth / mean) : 0) - truth + mean)
        : power == 2 ? 2 * (Math.Log(mean / truth) + truth / mean - 1)
        : 2 * (Math.Pow(Math.Max(truth, 0), 2 - power) / ((1 - power) * (2 - power)) - truth * Math.Pow(mean, 1 - power) / (1 - power) + Math.Pow(mean, 2 - power) / (2 - power));
}
