namespace Strata.Learning.Explanation;

/// <summary>Gauss's quadrature on [0, 1]: with n points it integrates every polynomial up to degree 2n - 1 exactly.</summary>
internal sealed class GaussLegendre
{
    private GaussLegendre(double[] points, double[] weights) => (Points, Weights) = (points, weights);

    /// <summary>Inside of (0, 1), rising.</summary>
    public double[] Points { get; }

    /// <summary>Positive; their sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>The roots of the Legendre polynomial of degree <paramref name="count"/> by Newton's method, moved from [-1, 1] to [0, 1].</summary>
    public static GaussLegendre Of(int count)
    {
        var (points, weights) = (new double[count], new double[count]);
        for (int i = 0; i < count; i++)
        {
            double x = -Math.Cos(Math.PI * (i + 0.75) / (count + 0.5)), slope = 0;
            for (int iteration = 0; iteration < 100; iteration++)
            {
                (double value, slope) = Legendre(count, x);
                double step = value / slope;
                x -= step;
                if (Math.Abs(step) < 1e-16)
                {
                    break;
                }
            }

            points[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }

        return new GaussLegendre(points, weights);
    }

    /// <summary>Value and slope of the Legendre polynomial, by its three-term recurrence.</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double last = 1, value = x;
        for (int n = 2; n <= degree; n++)
        {
            (last, value) = (value, ((2 * n - 1) * x * value - (n - 1) * last) / n);
        }

        return (value, degree * (x * value - last) / (x * x - 1));
    }
}
