using System.Text;
using System.Text.Json;
using Strata.Client;
using Strata.Server.Safety;

namespace Strata.Server.Events;

/// <summary>One server-sent event.</summary>
/// <param name="Id">What a browser sends back as Last-Event-ID when it connects again.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Data">Sent as JSON.</param>
internal sealed record ServerEvent(string Id, string Name, object Data);

/// <summary>
/// Sends server-sent events as they come, with a comment now and then so that nobody on the way takes a quiet stream for a dead one. It ends when its reader would not be let in any
/// more, be it that the session has ended or that a role was taken away.
/// </summary>
/// <param name="events">What is sent.</param>
/// <param name="heartbeat">How long the stream may be quiet.</param>
/// <param name="clock">Measures that.</param>
internal sealed class EventStream(IAsyncEnumerable<ServerEvent> events, TimeSpan heartbeat, TimeProvider clock) : IResult
{
    /// <summary>How old the answer may be to whether the reader is still let in.</summary>
    private static readonly TimeSpan AdmittedFor = TimeSpan.FromSeconds(1);

    public static TimeSpan UsualHeartbeat { get; } = TimeSpan.FromSeconds(10);

    private long admitted = clock.GetTimestamp();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        IAsyncEnumerator<ServerEvent> source = events.GetAsyncEnumerator(ending.Token);
        await using (source.ConfigureAwait(false))
        {
            Task<bool> next = source.MoveNextAsync().AsTask();
            if (next.IsCompletedSuccessfully && !next.Result)
            {
                // A browser would connect again for ever; this answer tells it that there is no more.
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            try
            {
                await Begin(response, ending.Token).ConfigureAwait(false);
                while (await HasNext(httpContext, next, ending.Token).ConfigureAwait(false))
                {
                    await response.Body.WriteAsync(Encode(source.Current), ending.Token).ConfigureAwait(false);
                    next = source.MoveNextAsync().AsTask();
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The reader went away, which is how every stream of a closed page ends.
            }
            finally
            {
                // What is enumerated is not left while it looks for its next item.
                await ending.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static Task Begin(HttpResponse response, CancellationToken gone)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        return response.WriteAsync("retry: 1000\n\n", gone);
    }

    /// <summary>Waits for the next event. False when there is none, and when the reader may not have it.</summary>
    private async Task<bool> HasNext(HttpContext context, Task<bool> next, CancellationToken gone)
    {
        HttpResponse response = context.Response;
        await response.Body.FlushAsync(gone).ConfigureAwait(false);
        while (!next.IsCompleted && await Task.WhenAny(next, Task.Delay(heartbeat, clock, gone)).ConfigureAwait(false) != next)
        {
            gone.ThrowIfCancellationRequested();
            if (!await IsAdmitted(context, TimeSpan.Zero).ConfigureAwait(false))
            {
                return false;
            }

            await response.WriteAsync(": still here\n\n", gone).ConfigureAwait(false);
            await response.Body.FlushAsync(gone).ConfigureAwait(false);
        }

        return await next.ConfigureAwait(false) && await IsAdmitted(context, AdmittedFor).ConfigureAwait(false);
    }

    private async Task<bool> IsAdmitted(HttpContext context, TimeSpan mostAge)
    {
        if (clock.GetElapsedTime(admitted) <= mostAge)
        {
            return true;
        }

        admitted = clock.GetTimestamp();
        return await Gate.StillAdmits(context).ConfigureAwait(false);
    }

    private static byte[] Encode(ServerEvent happened) =>
        Encoding.UTF8.GetBytes($"id: {happened.Id}\nevent: {happened.Name}\ndata: {JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), WireJson.Options)}\n\n");
}
