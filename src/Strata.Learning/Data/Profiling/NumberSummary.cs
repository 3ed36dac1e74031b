namespace Strata.Learning.Data.Profiling;

/// <summary>The distribution of numbers, from their sorted values.</summary>
internal sealed class NumberSummary
{
    private static readonly double[] Probabilities = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

    /// <param name="sorted">Ascending, at least one, none NaN.</param>
    public NumberSummary(ReadOnlySpan<double> sorted)
    {
        double sum = 0;
        bool isWhole = true;
        Distinct = 1;
        for (int i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            isWhole &= sorted[i] == Math.Floor(sorted[i]);
            Distinct += i > 0 && sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        Mean = sum / sorted.Length;
        double squares = 0;
        foreach (double value in sorted)
        {
            squares += (value - Mean) * (value - Mean);
        }

        StandardDeviation = sorted.Length > 1 ? Math.Sqrt(squares / (sorted.Length - 1)) : 0;
        var quantiles = new Quantile[Probabilities.Length];
        for (int i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = new Quantile(Probabilities[i], Quantile(sorted, Probabilities[i]));
        }

        Quantiles = quantiles;
        Histogram = Histogram.Of(sorted, isWhole);
    }

    public int Distinct { get; }

    public double Mean { get; }

    public double StandardDeviation { get; }

    public IReadOnlyList<Quantile> Quantiles { get; }

    public Histogram Histogram { get; }

    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        double at = probability * (sorted.Length - 1);
        int below = (int)at;
        double share = at - below;
        return share == 0 ? sorted[below] : sorted[below] * (1 - share) + sorted[below + 1] * share;
    }
}
