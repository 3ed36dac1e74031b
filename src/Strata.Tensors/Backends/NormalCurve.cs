namespace Strata.Tensors.Backends;

/// <summary>The bell curve of standard normal numbers.</summary>
internal static class NormalCurve
{
    private const double SeriesTo = 3;

    /// <summary>The chance that a standard normal number is below x, to about 1e-15.</summary>
    /// <remarks>Near 0 by the series <c>1/2 + pdf(x) (x + x^3 / 3 + x^5 / (3 5) + ...)</c>, further out by Laplace's continued fraction of the tail (Abramowitz and Stegun 26.2.11, 26.2.14).</remarks>
    public static double Share(double x)
    {
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) < SeriesTo)
        {
            double term = x, sum = x;
            for (int n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); n += 2)
            {
                term *= x * x / n;
                sum += term;
            }

            return 0.5 + density * sum;
        }

        if (double.IsNaN(x))
        {
            return x;
        }

        double size = Math.Abs(x), fraction = size;
        for (int n = 80; n >= 1; n--)
        {
            fraction = size + n / fraction;
        }

        double tail = density / fraction;
        return x > 0 ? 1 - tail : tail;
    }
}
