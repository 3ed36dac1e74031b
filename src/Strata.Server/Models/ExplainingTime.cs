using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Workflow;

namespace Strata.Server.Models;

/// <summary>Explanations are answered while somebody waits: what takes longer than that is refused with what to reduce.</summary>
internal static class ExplainingTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <param name="method">Its name, for the message.</param>
    /// <param name="context">Its cancellation is the request's.</param>
    /// <param name="work">Given the context with the limit in it.</param>
    /// <exception cref="DataException">It takes too long.</exception>
    public static T Within<T>(string method, FitContext context, Func<FitContext, T> work)
    {
        using var time = new TimeLimit(Longest, context.Clock, context.Cancellation);
        try
        {
            return work(context with { Cancellation = time.Token });
        }
        catch (OperationCanceledException e) when (time.IsUp && !context.Cancellation.IsCancellationRequested)
        {
            throw new DataException($"Explaining by {method} takes more than {Longest.TotalSeconds} s here. Ask for fewer rows ('count'), columns ('columns') or 'evaluations', or explain on the command line: strata explain.", e);
        }
    }
}
