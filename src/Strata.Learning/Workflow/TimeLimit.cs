using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>A cancellation that comes from outside or when the time is up, whichever is first.</summary>
public sealed class TimeLimit : IDisposable
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

    /// <summary>Does the work under a limit.</summary>
    /// <param name="limit">How long; null for no limit.</param>
    /// <param name="context">Its clock tells the time; its cancellation cancels too.</param>
    /// <param name="work">Given the context with the limit in it.</param>
    /// <exception cref="DataException">The time was up before the work was done.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static T Within<T>(TimeSpan? limit, FitContext context, Func<FitContext, T> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(work);
        using var time = new TimeLimit(limit, context.Clock, context.Cancellation);
        try
        {
            return work(context with { Cancellation = time.Token });
        }
        catch (OperationCanceledException) when (time.IsUp && !context.Cancellation.IsCancellationRequested)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"The time limit of {limit!.Value.TotalSeconds:0.###} s was up before the work was done. Allow more time, take a quicker algorithm or fewer rows."));
        }
    }

    public void Dispose()
    {
        linked.Dispose();
        timed.Dispose();
    }
}
