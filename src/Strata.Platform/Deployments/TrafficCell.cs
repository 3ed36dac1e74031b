namespace Strata.Platform.Deployments;

/// <summary>What one model of a deployment did in one minute.</summary>
public sealed class TrafficCell(DateTimeOffset minute)
{
    private long answered;
    private long rows;
    private long refused;
    private long failed;

    public TrafficCell(DateTimeOffset minute, long answered, long rows, long refused, long failed, LatencyHistogram latency)
        : this(minute) => (this.answered, this.rows, this.refused, this.failed, Latency) = (answered, rows, refused, failed, latency);

    /// <summary>Its beginning.</summary>
    public DateTimeOffset Minute { get; } = minute;

    /// <summary>Requests that were answered.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Rows in the answered requests.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>Requests whose rows did not fit the model: the caller's doing.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Requests in which the model failed.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Of the answered requests.</summary>
    public LatencyHistogram Latency { get; } = new();

    public void Answer(int rowCount, TimeSpan duration)
    {
        Interlocked.Increment(ref answered);
        Interlocked.Add(ref rows, rowCount);
        Latency.Add(duration);
    }

    public void Refuse() => Interlocked.Increment(ref refused);

    public void Fail() => Interlocked.Increment(ref failed);

    public void Add(TrafficCell other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Interlocked.Add(ref answered, other.Answered);
        Interlocked.Add(ref rows, other.Rows);
        Interlocked.Add(ref refused, other.Refused);
        Interlocked.Add(ref failed, other.Failed);
        Latency.Add(other.Latency);
    }
}
