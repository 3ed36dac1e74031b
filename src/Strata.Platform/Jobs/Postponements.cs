using System.Collections.Concurrent;

namespace Strata.Platform.Jobs;

/// <summary>
/// Jobs that are not to be tried again yet. The wait is this process's own, by its timer: setting the time of day makes none longer or shorter, and a server that
/// starts anew tries at once.
/// </summary>
internal sealed class Postponements(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (long Since, TimeSpan Delay)> jobs = new(StringComparer.Ordinal);

    public void Add(string jobId, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            jobs[jobId] = (clock.GetTimestamp(), delay);
        }
    }

    /// <summary>Those that still wait.</summary>
    public IReadOnlyCollection<string> Ids()
    {
        foreach ((string id, (long since, TimeSpan delay)) in jobs)
        {
            if (clock.GetElapsedTime(since) >= delay)
            {
                jobs.TryRemove(id, out _);
            }
        }

        return [.. jobs.Keys];
    }
}
