using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>The trial of a new model with a small part of the traffic: it gets all when the time is over, and none as soon as it is seen to be worse.</summary>
/// <param name="ModelId">The model on trial.</param>
/// <param name="Until">When it is promoted, if nothing speaks against it.</param>
/// <param name="MostFailures">How much larger its share of failed requests may be than that of the others.</param>
/// <param name="MostSlowdown">How many times the others' 95th percentile of latency its own may be.</param>
/// <param name="LeastRequests">Nothing is judged, nor is it promoted, before it has answered so many.</param>
public sealed record Canary(string ModelId, DateTimeOffset Until, double MostFailures = 0.01, double MostSlowdown = 3, int LeastRequests = 100)
{
    /// <exception cref="DataException">A setting makes no sense.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        if (!(MostFailures is >= 0 and <= 1))
        {
            problems.Add($"most_failures is {MostFailures}; expected 0 to 1.");
        }

        if (!(MostSlowdown >= 1))
        {
            problems.Add($"most_slowdown is {MostSlowdown}; expected 1 or more.");
        }

        if (LeastRequests < 1)
        {
            problems.Add($"least_requests is {LeastRequests}; expected 1 or more.");
        }

        DataException.ThrowIfAny(problems);
    }
}
