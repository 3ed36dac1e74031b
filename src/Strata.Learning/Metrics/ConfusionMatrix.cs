namespace Strata.Learning.Metrics;

/// <summary>How much weight each true class has in each predicted class. What divides by zero is 0.</summary>
internal sealed class ConfusionMatrix
{
    private readonly bool[] seen;

    private ConfusionMatrix(double[][] counts, bool[] seen)
    {
        (Counts, this.seen) = (counts, seen);
        TrueTotals = [.. counts.Select(row => row.Sum())];
        PredictedTotals = [.. counts.Select((_, code) => counts.Sum(row => row[code]))];
    }

    /// <summary>[true class][predicted class]</summary>
    public double[][] Counts { get; }

    public double[] TrueTotals { get; }

    public double[] PredictedTotals { get; }

    public double Correct => Counts.Select((row, code) => row[code]).Sum();

    public static ConfusionMatrix Of(ScoredClasses rows)
    {
        double[][] counts = [.. Enumerable.Range(0, rows.ClassCount).Select(_ => new double[rows.ClassCount])];
        var seen = new bool[rows.ClassCount];
        for (int row = 0; row < rows.Count; row++)
        {
            int predicted = rows.Predictions.ClassCode(row);
            counts[rows.Codes[row]][predicted] += rows.Weight(row);
            seen[rows.Codes[row]] = seen[predicted] = true;
        }

        return new ConfusionMatrix(counts, seen);
    }

    public double Precision(int code) => Ratio(Counts[code][code], PredictedTotals[code]);

    public double Recall(int code) => Ratio(Counts[code][code], TrueTotals[code]);

    public double F1(int code) => FBeta(code, 1);

    /// <summary>van Rijsbergen 1979: recall counts beta times as much as precision.</summary>
    public double FBeta(int code, double beta) => Ratio((1 + beta * beta) * Precision(code) * Recall(code), beta * beta * Precision(code) + Recall(code));

    /// <summary>The mean over the classes that are true or predicted somewhere.</summary>
    public double Macro(Func<int, double> of) => Enumerable.Range(0, seen.Length).Where(code => seen[code]).Average(of);

    /// <summary>The mean over the classes, weighted by their true rows.</summary>
    public double Weighted(Func<int, double> of) => Enumerable.Range(0, seen.Length).Sum(code => TrueTotals[code] * of(code)) / TrueTotals.Sum();

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
