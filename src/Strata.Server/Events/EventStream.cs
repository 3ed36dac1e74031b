using System.Text;
using System.Text.Json;
using Strata.Client;

namespace Strata.Server.Events;

/// <summary>One server-sent event.</summary>
/// <param name="Id">What a browser sends back as Last-Event-ID when it connects again.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Data">Sent as JSON.</param>
internal sealed record ServerEvent(string Id, string Name, object Data);

/// <summary>Sends server-sent events as they come, with a comment now and then so that nobody on the way takes a quiet stream for a dead one.</summary>
/// <param name="events">What is sent.</param>
/// <param name="heartbeat">How long the stream may be quiet.</param>
/// <param name="clock">Measures that.</param>
internal sealed class EventStream(IAsyncEnumerable<ServerEvent> events, TimeSpan heartbeat, TimeProvider clock) : IResult
{
    public static TimeSpan UsualHeartbeat { get; } = TimeSpan.FromSeconds(10);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CancellationToken gone = httpContext.RequestAborted;
        IAsyncEnumerator<ServerEvent> source = events.GetAsyncEnumerator(gone);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                await Send(httpContext.Response, source, gone).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // The reader went away, which is how every stream of a closed page ends.
            }
        }
    }

    private async Task Send(HttpResponse response, IAsyncEnumerator<ServerEvent> source, CancellationToken gone)
    {
        Task<bool> next = source.MoveNextAsync().AsTask();
        if (next.IsCompletedSuccessfully && !next.Result)
        {
            // A browser would connect again for ever; this answer tells it that there is no more.
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 1000\n\n", gone).ConfigureAwait(false);
        while (true)
        {
            await response.Body.FlushAsync(gone).ConfigureAwait(false);
            while (!next.IsCompleted && await Task.WhenAny(next, Task.Delay(heartbeat, clock, gone)).ConfigureAwait(false) != next)
            {
                gone.ThrowIfCancellationRequested();
                await response.WriteAsync(": still here\n\n", gone).ConfigureAwait(false);
                await response.Body.FlushAsync(gone).ConfigureAwait(false);
            }

            if (!await next.ConfigureAwait(false))
            {
                return;
            }

            await response.Body.WriteAsync(Encode(source.Current), gone).ConfigureAwait(false);
            next = source.MoveNextAsync().AsTask();
        }
    }

    private static byte[] Encode(ServerEvent happened) =>
        Encoding.UTF8.GetBytes($"id: {happened.Id}\nevent: {happened.Name}\ndata: {JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), WireJson.Options)}\n\n");
}
