namespace Strata.Learning.Validation.Drift;

/// <summary>The two-sample test of Kolmogorov and Smirnov: how far apart two distribution functions are at the most.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>The largest distance of the two empirical distribution functions, 0 to 1.</summary>
    /// <param name="first">In ascending order.</param>
    /// <param name="second">In ascending order.</param>
    public static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double largest = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
            {
                i++;
            }

            while (j < second.Length && second[j] <= value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs((double)i / first.Length - (double)j / second.Length));
        }

        return largest;
    }

    /// <summary>How often samples of one distribution lie so far apart: <c>2 sum (-1)^(k-1) exp(-2 k^2 t^2)</c>, good from about 40 values on each side; ties make it cautious.</summary>
    public static double PValue(double distance, int firstCount, int secondCount)
    {
        double scale = Math.Sqrt((double)firstCount * secondCount / (firstCount + secondCount));
        double t = (scale + 0.12 + 0.11 / scale) * distance, sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            double term = Math.Exp(-2 * k * k * t * t);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-12)
            {
                return Math.Clamp(2 * sum, 0, 1);
            }
        }

        return 1;
    }
}
