namespace Strata.Learning.Automl;

/// <summary>The time that one candidate may take: a cancellation when it is up, and a look ahead whether all folds will get done in it.</summary>
internal sealed class CandidateTime : IDisposable
{
    /// <summary>Timers count to little more.</summary>
    private const double MostSeconds = 4e6;

    private readonly TimeProvider clock;
    private readonly double seconds;
    private readonly double most;
    private readonly long began;
    private readonly CancellationTokenSource timed;
    private readonly CancellationTokenSource linked;

    /// <param name="seconds">How long; infinite for no limit.</param>
    /// <param name="most">How long where it is half done by then: to give up so late costs more than to wait.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="outer">Cancels too.</param>
    /// <param name="enough">Ends the candidate as the time does.</param>
    public CandidateTime(double seconds, double most, TimeProvider clock, CancellationToken outer, CancellationToken enough)
    {
        (this.clock, this.seconds, this.most, began) = (clock, seconds, most, clock.GetTimestamp());
        timed = new CancellationTokenSource(double.IsInfinity(most) ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Math.Min(most, MostSeconds)), clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(outer, timed.Token, enough);
    }

    public CancellationToken Token => linked.Token;

    public double Elapsed => clock.GetElapsedTime(began).TotalSeconds;

    /// <summary>Whether all parts get done at the pace of those that are.</summary>
    /// <param name="done">Parts that are done, at least one.</param>
    /// <param name="all">Parts in all.</param>
    /// <param name="since">When the first was begun, in seconds: one time may be for several candidates, one after another.</param>
    public bool SufficesFor(int done, int all, double since) => since + (Elapsed - since) / done * all <= (2 * done >= all ? most : seconds);

    public void Dispose()
    {
        linked.Dispose();
        timed.Dispose();
    }
}
