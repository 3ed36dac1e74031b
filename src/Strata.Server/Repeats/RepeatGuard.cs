using System.Collections.Concurrent;
using System.Text;
using Strata.Platform;
using Strata.Platform.Storage;
using Strata.Server.Safety;

namespace Strata.Server.Repeats;

/// <summary>
/// Answers a request that was sent before, with the same <c>Idempotency-Key</c>, as it was answered then. However many arrive at once, one is carried out and the
/// others wait for its answer.
/// </summary>
internal sealed class RepeatGuard(Func<StrataPlatform> platform)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 200;

    private readonly ConcurrentDictionary<(string AskedBy, string Key), Task<KeptAnswer?>> underWay = new();

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<MakesSomething>() is null || context.Request.Headers[Header] is not [string key, ..])
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        CheckKey(key);
        string askedBy = Caller.From(context).Actor.Id ?? JobTerms.LocalOwner;
        string fingerprint = await RequestFingerprint.Of(context.Request, platform(), context.RequestAborted).ConfigureAwait(false);
        KeptAnswer answer = await FirstAnswer(context, next, (askedBy, key), fingerprint).ConfigureAwait(false);
        if (answer.Fingerprint != fingerprint)
        {
            throw new ConflictException($"The {Header} '{key}' was used for another request. Take a new one for each new request.");
        }

        await Write(context.Response, answer).ConfigureAwait(false);
    }

    /// <summary>The answer of whichever request with the key was first: this one, another one under way, or one of earlier.</summary>
    private async Task<KeptAnswer> FirstAnswer(HttpContext context, RequestDelegate next, (string AskedBy, string Key) id, string fingerprint)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<KeptAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<KeptAnswer?> first = underWay.GetOrAdd(id, mine.Task);
            if (first == mine.Task)
            {
                try
                {
                    KeptAnswer answer = await CarryOut(context, next, id, fingerprint).ConfigureAwait(false);
                    mine.SetResult(answer.Status < StatusCodes.Status400BadRequest ? answer : null);
                    return answer;
                }
                finally
                {
                    underWay.TryRemove(id, out _);
                    mine.TrySetResult(null);
                }
            }

            if (await first.WaitAsync(context.RequestAborted).ConfigureAwait(false) is KeptAnswer known)
            {
                return known;
            }
        }
    }

    /// <exception cref="ConflictException">A server ended while it carried out the first request with the key.</exception>
    private async Task<KeptAnswer> CarryOut(HttpContext context, RequestDelegate next, (string AskedBy, string Key) id, string fingerprint)
    {
        RequestKeys keys = platform().RequestKeys;
        if (await keys.TakeAsync(id.AskedBy, id.Key, fingerprint).ConfigureAwait(false) is KeptAnswer known)
        {
            return known.Status is not null || known.Fingerprint != fingerprint
                ? known
                : throw new ConflictException($"The server ended while it carried out the request with the {Header} '{id.Key}'. Look whether it was done, and take a new key if not.");
        }

        bool mayHaveMade = false;
        try
        {
            KeptAnswer answer = await Capture(context, next, fingerprint).ConfigureAwait(false);
            mayHaveMade = answer.Status < StatusCodes.Status400BadRequest;
            if (mayHaveMade)
            {
                await keys.KeepAsync(id.AskedBy, id.Key, answer).ConfigureAwait(false);
            }

            return answer;
        }
        catch (StorageException e) when (e.IsOutcomeUnknown)
        {
            mayHaveMade = true;
            throw;
        }
        finally
        {
            if (!mayHaveMade)
            {
                await keys.GiveBackAsync(id.AskedBy, id.Key).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Carries the request out to its end, also when its sender hangs up meanwhile: the sender will ask again.</summary>
    private static async Task<KeptAnswer> Capture(HttpContext context, RequestDelegate next, string fingerprint)
    {
        (Stream body, CancellationToken aborted) = (context.Response.Body, context.RequestAborted);
        using var memory = new MemoryStream();
        context.Response.Body = memory;
        context.RequestAborted = CancellationToken.None;
        try
        {
            await next(context).ConfigureAwait(false);
            HttpResponse response = context.Response;
            return new KeptAnswer(fingerprint, response.StatusCode, response.ContentType, response.Headers.Location, Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }
        finally
        {
            context.Response.Body = body;
            context.RequestAborted = aborted;
        }
    }

    private static Task Write(HttpResponse response, KeptAnswer answer)
    {
        response.StatusCode = answer.Status!.Value;
        response.ContentType = answer.ContentType;
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }

        return string.IsNullOrEmpty(answer.Body) ? Task.CompletedTask : response.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }

    private static void CheckKey(string key)
    {
        if (key.Length is 0 or > LongestKey || key.Any(letter => letter is < ' ' or > '~'))
        {
            throw new BadHttpRequestException($"The {Header} takes 1 to {LongestKey} letters of ASCII, such as a random UUID.");
        }
    }
}
