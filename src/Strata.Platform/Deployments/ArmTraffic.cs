using System.Globalization;

namespace Strata.Platform.Deployments;

/// <summary>What one side of a comparison did with its requests.</summary>
public sealed record ArmTraffic(long Answered, long Failed, LatencyHistogram Latency)
{
    /// <summary>How many standard errors a difference has to lie beyond what is allowed.</summary>
    private const double Certainty = 2.58;

    /// <summary>Milliseconds below which nobody feels a difference, however many times as long it is.</summary>
    private const double LeastSlowdown = 1;

    public long Requests => Answered + Failed;

    public double FailureShare => Requests == 0 ? 0 : (double)Failed / Requests;

    public static ArmTraffic Of(IEnumerable<(string ModelId, TrafficCell Cell)> traffic, Func<string, bool> isMember)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentNullException.ThrowIfNull(isMember);
        var sum = new TrafficCell(default);
        foreach ((_, TrafficCell cell) in traffic.Where(pair => isMember(pair.ModelId)))
        {
            sum.Add(cell);
        }

        return new ArmTraffic(sum.Answered, sum.Failed, sum.Latency);
    }

    /// <summary>Why this side is not to be trusted with more, in a sentence; null when nothing speaks against it.</summary>
    /// <param name="others">The side it is compared with.</param>
    /// <param name="mostFailures">How much larger the share of failures may be.</param>
    /// <param name="mostSlowdown">How many times as large the 95th percentile of latency may be.</param>
    /// <param name="leastRequests">Nothing is said before it had so many.</param>
    public string? WorseThan(ArmTraffic others, double mostFailures, double mostSlowdown, int leastRequests)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (Requests < leastRequests)
        {
            return null;
        }

        double error = Math.Sqrt(Spread(this) + Spread(others));
        if (FailureShare - others.FailureShare - mostFailures > Certainty * error)
        {
            return $"{Percent(FailureShare)} of its {Requests} requests failed, of the others {Percent(others.FailureShare)}.";
        }

        return Latency.QuantileInMilliseconds(0.95) is double own && others.Latency.Total >= leastRequests && others.Latency.QuantileInMilliseconds(0.95) is double theirs
            && own > theirs * mostSlowdown && own - theirs > LeastSlowdown
            ? $"Its 95th percentile of latency is {Text(own)} ms, of the others {Text(theirs)} ms."
            : null;
    }

    /// <summary>The variance of a share, of which one failure more and one fewer are thought added so that none is certain.</summary>
    private static double Spread(ArmTraffic arm)
    {
        double share = (arm.Failed + 1.0) / (arm.Requests + 2);
        return share * (1 - share) / (arm.Requests + 2);
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
