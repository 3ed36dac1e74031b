namespace Strata.Learning.Workflow;

/// <summary>A cancellation that comes from outside or when the time is up, whichever is first.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource timed;
    private readonly CancellationTokenSource linked;

    /// <param name="limit">How long; null for no limit.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="outer">Cancels too.</param>
    public TimeLimit(TimeSpan? limit, TimeProvider clock, CancellationToken outer)
    {
        timed = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(outer, timed.Token);
    }

    public CancellationToken Token => linked.Token;

    /// <summary>Whether the time, and nothing else, has ended the work.</summary>
    public bool IsUp => timed.IsCancellationRequested;

    public void Dispose()
    {
        linked.Dispose();
        timed.Dispose();
    }
}
