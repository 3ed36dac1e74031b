using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>Rows of two cohorts drawn with replacement, each within its own.</summary>
internal sealed class CohortDraws
{
    private readonly (int[] First, int[] Second)[] draws;
    private readonly int[] first, second;
    private readonly double level;

    public CohortDraws(int firstCount, int secondCount, CohortOptions options, string purpose)
    {
        level = options.Level;
        (first, second) = ([.. Enumerable.Range(0, firstCount)], [.. Enumerable.Range(0, secondCount)]);
        var random = RandomSource.For(options.Context.Seed, purpose);
        draws = [.. Enumerable.Range(0, options.Draws).Select(_ => (Drawn(firstCount, random), Drawn(secondCount, random)))];
    }

    /// <summary>The value of all rows, and where it lies; null for what is not finite.</summary>
    public (double? Value, MetricInterval? Interval) Of(Func<int[], int[], double> measure)
    {
        double whole = measure(first, second);
        double[] sorted = [.. draws.Select(draw => measure(draw.First, draw.Second)).Where(double.IsFinite).Order()];
        return (double.IsFinite(whole) ? whole : null, double.IsFinite(whole) && sorted.Length > draws.Length / 2
            ? new MetricInterval(RowDraws.Quantile(sorted, (1 - level) / 2), RowDraws.Quantile(sorted, (1 + level) / 2))
            : null);
    }

    /// <summary>A measure of each cohort, and the first less the second.</summary>
    public CohortMeasure Difference(string name, string output, Func<int[], double> ofFirst, Func<int[], double> ofSecond) => Of(name, output, ofFirst, ofSecond, (a, b) => a - b);

    /// <summary>A measure of each cohort, and something made of the two.</summary>
    public CohortMeasure Of(string name, string output, Func<int[], double> ofFirst, Func<int[], double> ofSecond, Func<double, double, double> value)
    {
        static double? Defined(double number) => double.IsFinite(number) ? number : null;
        (double? whole, MetricInterval? interval) = Of((a, b) => value(ofFirst(a), ofSecond(b)));
        return new CohortMeasure(name, output, Defined(ofFirst(first)), Defined(ofSecond(second)), whole, interval);
    }

    private static int[] Drawn(int count, RandomSource random) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt(count))];
}
