namespace Strata.Platform.Deployments;

/// <summary>How long answers took, counted in 40 classes whose bounds grow by the square root of two from 0.05 milliseconds on. It may be added to from many threads.</summary>
public sealed class LatencyHistogram
{
    private const int ClassCount = 40;
    private const double FirstBoundInMilliseconds = 0.05;

    private readonly long[] counts;

    public LatencyHistogram() => counts = new long[ClassCount];

    public LatencyHistogram(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        this.counts = new long[ClassCount];
        for (int i = 0; i < Math.Min(ClassCount, counts.Count); i++)
        {
            this.counts[i] = counts[i];
        }
    }

    /// <summary>The upper bounds of all classes but the last, in milliseconds.</summary>
    public static IReadOnlyList<double> BoundsInMilliseconds { get; } = [.. Enumerable.Range(0, ClassCount - 1).Select(i => FirstBoundInMilliseconds * Math.Pow(2, i / 2.0))];

    public IReadOnlyList<long> Counts => counts;

    public long Total => counts.Sum();

    public void Add(TimeSpan duration)
    {
        double ratio = duration.TotalMilliseconds / FirstBoundInMilliseconds;
        int place = ratio <= 1 ? 0 : Math.Min(ClassCount - 1, (int)Math.Ceiling(2 * Math.Log2(ratio)));
        Interlocked.Increment(ref counts[place]);
    }

    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < counts.Length; i++)
        {
            Interlocked.Add(ref counts[i], Interlocked.Read(ref other.counts[i]));
        }
    }

    /// <summary>The milliseconds below which a share of the answers lie, read off linearly within its class; null when there are none.</summary>
    public double? QuantileInMilliseconds(double share)
    {
        double wanted = share * Total, below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0 && below + counts[i] >= wanted)
            {
                double low = i == 0 ? 0 : BoundsInMilliseconds[i - 1], high = i < ClassCount - 1 ? BoundsInMilliseconds[i] : low * Math.Sqrt(2);
                return low + (high - low) * Math.Clamp((wanted - below) / counts[i], 0, 1);
            }

            below += counts[i];
        }

        return null;
    }
}
