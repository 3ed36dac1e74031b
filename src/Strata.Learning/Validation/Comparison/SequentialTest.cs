namespace Strata.Learning.Validation.Comparison;

/// <summary>
/// Whether the means of two arms differ, asked as often as one likes: the mixture sequential probability ratio test of Johari, Pekelis and Walsh, "Always valid inference" (2015), for proportions and for means
/// of numbers, with variances estimated from the arms. Looking after every value and stopping at the first p-value below the level errs in no more than the level's share of tests without a difference.
/// </summary>
public sealed class SequentialTest
{
    private readonly double level;
    private readonly int leastPerArm;
    private readonly Arm first = new();
    private readonly Arm second = new();
    private double? mixingVariance;

    /// <param name="level">The share of tests that may find a difference where there is none, such as 0.05.</param>
    /// <param name="expectedDifference">About how far apart the means may lie: the test is quickest there and errs no more elsewhere. Null takes a tenth of the standard deviation among the first values.</param>
    /// <param name="leastPerArm">Nothing is said before each arm has so many values: variances are not known earlier.</param>
    public SequentialTest(double level = 0.05, double? expectedDifference = null, int leastPerArm = 50)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastPerArm, 2);
        (this.level, this.leastPerArm, mixingVariance) = (level, leastPerArm, expectedDifference * expectedDifference);
    }

    /// <summary>The values of each arm so far.</summary>
    public int FirstCount => first.Count;

    public int SecondCount => second.Count;

    public double FirstMean => first.Mean;

    public double SecondMean => second.Mean;

    /// <summary>The second arm's mean minus the first's.</summary>
    public double Difference => second.Mean - first.Mean;

    /// <summary>The smallest p-value so far: it never rises.</summary>
    public double PValue { get; private set; } = 1;

    /// <summary>Whether a difference is shown.</summary>
    public bool IsDecided => PValue <= level;

    /// <summary>Where the difference lies with certainty 1 - level, at this and all other moments; infinite before the arms are large enough.</summary>
    public (double Lower, double Upper) Interval
    {
        get
        {
            if (Variance() is not (> 0 and var variance))
            {
                return (double.NegativeInfinity, double.PositiveInfinity);
            }

            double mixing = mixingVariance!.Value;
            double half = Math.Sqrt(variance * (variance + mixing) / mixing * (2 * Math.Log(1 / level) + Math.Log((variance + mixing) / variance)));
            return (Difference - half, Difference + half);
        }
    }

    /// <summary>Takes a value of an arm: a number, or 1 and 0 for yes and no.</summary>
    public void Add(bool toSecond, double value)
    {
        (toSecond ? second : first).Add(value);
        if (Variance() is > 0 and var variance)
        {
            double mixing = mixingVariance!.Value;
            double logRatio = 0.5 * Math.Log(variance / (variance + mixing)) + mixing * Difference * Difference / (2 * variance * (variance + mixing));
            PValue = Math.Min(PValue, Math.Exp(-logRatio));
        }
    }

    /// <summary>Of the difference; null before the arms are large enough. The arms share their variance under no difference, which keeps rare events in small arms from looking certain.</summary>
    private double? Variance()
    {
        if (first.Count < leastPerArm || second.Count < leastPerArm)
        {
            return null;
        }

        double pooled = (first.SquareSum + second.SquareSum + Between()) / (first.Count + second.Count - 1);
        mixingVariance ??= pooled > 0 ? pooled * 0.01 : null;
        return pooled * (1.0 / first.Count + 1.0 / second.Count);
    }

    /// <summary>What the distance of the means adds to the sum of squares about the common mean.</summary>
    private double Between() => (double)first.Count * second.Count / (first.Count + second.Count) * Difference * Difference;

    /// <summary>Mean and sum of squares about it, kept as values come (Welford).</summary>
    private sealed class Arm
    {
        public int Count { get; private set; }

        public double Mean { get; private set; }

        public double SquareSum { get; private set; }

        public void Add(double value)
        {
            Count++;
            double away = value - Mean;
            Mean += away / Count;
            SquareSum += away * (value - Mean);
        }
    }
}
