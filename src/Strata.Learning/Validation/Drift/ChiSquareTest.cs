using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Validation.Drift;

/// <summary>Whether two samples of levels come from one distribution: Pearson's test of homogeneity.</summary>
/// <param name="Statistic">The sum of squared differences from what is expected, each over what is expected.</param>
/// <param name="Freedom">Levels less one.</param>
/// <param name="PValue">How often chance gives that or more.</param>
/// <param name="CramersV">The size of the difference, 0 to 1.</param>
public sealed record ChiSquareTest(double Statistic, int Freedom, double PValue, double CramersV)
{
    private const double LeastExpected = 5;

    /// <summary>Levels of which fewer than five are expected on a side are taken together; null where then fewer than two are left.</summary>
    public static ChiSquareTest? Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        double firstSum = 0, secondSum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            (firstSum, secondSum) = (firstSum + first[i], secondSum + second[i]);
        }

        double whole = firstSum + secondSum, least = Math.Min(firstSum, secondSum);
        var classes = new List<(double First, double Second)>();
        (double First, double Second) rest = default;
        for (int i = 0; i < first.Length; i++)
        {
            if ((first[i] + second[i]) * least / whole >= LeastExpected)
            {
                classes.Add((first[i], second[i]));
            }
            else
            {
                rest = (rest.First + first[i], rest.Second + second[i]);
            }
        }

        if (rest.First + rest.Second > 0)
        {
            classes.Add(rest);
        }

        if (classes.Count < 2)
        {
            return null;
        }

        double statistic = 0;
        foreach ((double a, double b) in classes)
        {
            double expectedFirst = (a + b) * firstSum / whole, expectedSecond = (a + b) * secondSum / whole;
            statistic += (a - expectedFirst) * (a - expectedFirst) / expectedFirst + (b - expectedSecond) * (b - expectedSecond) / expectedSecond;
        }

        return new ChiSquareTest(statistic, classes.Count - 1, Above(statistic, classes.Count - 1), Math.Min(1, Math.Sqrt(statistic / whole)));
    }

    /// <summary>The chance that a chi-square variable is larger: the regularized upper incomplete gamma function, by its series or its continued fraction (Numerical Recipes, 6.2).</summary>
    public static double Above(double statistic, int freedom)
    {
        double a = freedom / 2.0, x = statistic / 2;
        if (x <= 0)
        {
            return 1;
        }

        double scale = Math.Exp(a * Math.Log(x) - x - StudentT.LogGamma(a));
        return x < a + 1 ? 1 - scale * Series(a, x) : scale * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < 10_000 && Math.Abs(term) > Math.Abs(sum) * 1e-16; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / b, value = d;
        for (int n = 1; n < 10_000; n++)
        {
            double step = -n * (n - a);
            b += 2;
            d = 1 / NotZero(step * d + b);
            c = NotZero(b + step / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
            {
                break;
            }
        }

        return value;

        static double NotZero(double number) => Math.Abs(number) < tiny ? tiny : number;
    }
}
