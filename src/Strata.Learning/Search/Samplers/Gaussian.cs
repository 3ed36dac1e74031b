namespace Strata.Learning.Search.Samplers;

/// <summary>The normal distribution's cumulative function.</summary>
internal static class Gaussian
{
    /// <summary>The chance that a standard normal number is at most z, to 7.5e-8 (Abramowitz and Stegun 1964, 7.1.26).</summary>
    public static double Cumulative(double z)
    {
        double x = Math.Abs(z) * Math.Sqrt(0.5);
        if (x > 5.5)
        {
            return z > 0 ? 1 : 0;
        }

        double t = 1 / (1 + 0.3275911 * x);
        double tail = 0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x);
        return z > 0 ? 1 - tail : tail;
    }
}
