using System.Collections.Concurrent;

namespace Strata.Server.Safety;

/// <summary>How many requests one caller may make in a second: each has a bucket of two seconds' worth that fills up steadily.</summary>
internal sealed class RequestPace(int perSecond, TimeProvider clock)
{
    private const int MostBuckets = 10_000;
    private const int SecondsOfBurst = 2;

    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>False when the caller must wait a moment.</summary>
    public bool Permits(string caller)
    {
        if (buckets.Count > MostBuckets)
        {
            // Full buckets are as good as none; the others are so many only when somebody makes them up.
            buckets.Clear();
        }

        Bucket bucket = buckets.GetOrAdd(caller, _ => new Bucket { Tokens = perSecond * SecondsOfBurst, At = clock.GetTimestamp() });
        lock (bucket)
        {
            long now = clock.GetTimestamp();
            bucket.Tokens = Math.Min(perSecond * SecondsOfBurst, bucket.Tokens + clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);
            bucket.At = now;
            if (bucket.Tokens < 1)
            {
                return false;
            }

            bucket.Tokens--;
            return true;
        }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
