namespace Strata.Learning.Preparation;

/// <summary>The logarithmic derivative of the gamma function at whole numbers from 1.</summary>
internal static class Digamma
{
    private const int TableLength = 4096;
    private static readonly double[] Table = MakeTable();

    /// <summary>The harmonic number before it minus Euler's constant; for large numbers by the asymptotic series (Abramowitz and Stegun 6.3.18).</summary>
    public static double Of(int number) => number < TableLength ? Table[number] : Series(number);

    private static double Series(double x)
    {
        double inverse = 1 / (x * x);
        return Math.Log(x) - 0.5 / x - inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse / 252));
    }

    private static double[] MakeTable()
    {
        var table = new double[TableLength];
        table[0] = double.NegativeInfinity;
        table[1] = -0.5772156649015329;
        for (int i = 2; i < table.Length; i++)
        {
            table[i] = table[i - 1] + 1.0 / (i - 1);
        }

        return table;
    }
}
