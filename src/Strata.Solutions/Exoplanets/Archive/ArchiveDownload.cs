using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>Brings one query's answer into the cache's partial file: continued where the server allows it, tried again where that may help.</summary>
internal sealed class ArchiveDownload(Uri query, string title, ArchiveCache cache, ArchiveSettings settings, SourceContext context)
{
    /// <exception cref="SourceException">All tries failed, or one failed in a way that no further try mends.</exception>
    public async Task RunAsync()
    {
        TimeSpan pause = settings.FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync().ConfigureAwait(false);
                return;
            }
            catch (RetryException e) when (attempt < settings.Attempts)
            {
                TimeSpan wait = e.AskedPause is TimeSpan asked && asked > pause ? asked : pause;
                wait = wait < settings.LongestPause ? wait : settings.LongestPause;
                context.Progress?.Report(new SourceProgress($"{e.Message} Trying again in {wait.TotalSeconds:0.#} s ({attempt + 1} of {settings.Attempts})", 0, null));
                await Task.Delay(wait, context.Clock, context.Cancellation).ConfigureAwait(false);
                pause *= 2;
            }
            catch (RetryException e)
            {
                throw new SourceException($"{e.Message} Tried {settings.Attempts} times.", e);
            }
        }
    }

    private async Task TryAsync()
    {
        using var silence = new CancellationTokenSource(settings.Silence, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, context.Cancellation);
        try
        {
            using HttpRequestMessage request = Request(out long start);
            context.Progress?.Report(new SourceProgress($"Asking for {title}", start, null));
            using HttpResponseMessage response = await context.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await CheckStatusAsync(response, either.Token).ConfigureAwait(false);
            bool continued = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == start;
            if (response.StatusCode == HttpStatusCode.PartialContent && !continued)
            {
                cache.DropPartial();
                throw new RetryException("The archive continued the download at another place than asked.");
            }

            await ReceiveAsync(response, continued ? start : 0, silence, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!context.Cancellation.IsCancellationRequested)
        {
            throw new RetryException($"The archive was silent for {settings.Silence.TotalSeconds:0.#} s.", e);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or IOException { InnerException: System.Net.Sockets.SocketException })
        {
            throw new RetryException($"The archive at {query.Host} cannot be reached or broke off ({e.Message}).", e);
        }
    }

    private HttpRequestMessage Request(out long start)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, query);
        start = 0;
        if (cache.FindPartial(query) is { Validator: string tag } && new FileInfo(cache.PartialPath).Length is > 0 and long length)
        {
            start = length;
            request.Headers.Range = new RangeHeaderValue(length, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(tag));
        }

        return request;
    }

    private async Task CheckStatusAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            cache.DropPartial();
            throw new RetryException("The partial download no longer fits the archive's table.");
        }

        byte[] start = await StartAsync(response, cancellation).ConfigureAwait(false);
        string reason = TapError.In(start) is string error && error.Length > 0 ? $": {error}" : string.Empty;
        string message = $"The archive answered {(int)response.StatusCode} {response.ReasonPhrase}{reason}.";
        bool mayMend = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        throw mayMend ? new RetryException(message) { AskedPause = AskedPause(response) } : new SourceException(message);
    }

    private TimeSpan? AskedPause(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: TimeSpan delta } => delta,
        { Date: DateTimeOffset date } => date - context.Clock.GetUtcNow(),
        _ => null,
    };

    private static async Task<byte[]> StartAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var start = new byte[8192];
        Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        int length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return start[..length];
    }

    private async Task ReceiveAsync(HttpResponseMessage response, long start, CancellationTokenSource silence, CancellationToken cancellation)
    {
        string? tag = response.Headers.ETag is { IsWeak: false } strong ? strong.ToString() : null;
        cache.MarkPartial(new PartialDownload(query.AbsoluteUri, tag));
        long? total = response.Content.Headers.ContentLength + start;
        Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var file = new FileStream(cache.PartialPath, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 16];
            long arrived = start;
            int read;
            while ((read = await ReadAsync(body, buffer, arrived == 0, cancellation).ConfigureAwait(false)) > 0)
            {
                if (arrived == 0 && TapError.In(buffer.AsSpan(0, read)) is string error)
                {
                    throw new SourceException($"The archive refused the query: {error}");
                }

                arrived += read;
                if (arrived > settings.MostBytes)
                {
                    throw new SourceException($"The archive's answer is longer than {settings.MostBytes.ToString(CultureInfo.InvariantCulture)} bytes and was refused.");
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                silence.CancelAfter(settings.Silence);
                context.Progress?.Report(new SourceProgress($"Downloading {title}", arrived, total));
            }
        }

        if (total is null)
        {
            CheckWhole();
        }
    }

    /// <summary>The first piece is long enough to tell an error from a table.</summary>
    private static ValueTask<int> ReadAsync(Stream body, byte[] buffer, bool first, CancellationToken cancellation) =>
        first ? body.ReadAtLeastAsync(buffer, 2048, throwOnEndOfStream: false, cancellation) : body.ReadAsync(buffer, cancellation);

    /// <summary>A server that never said how much it would send can close the connection early unnoticed; then the last row is cut.</summary>
    private void CheckWhole()
    {
        using FileStream file = File.OpenRead(cache.PartialPath);
        CsvShape shape = CsvShape.Of(file);
        if (!shape.LastRowIsWhole)
        {
            throw new RetryException($"The archive's answer broke off after {shape.RowCount} rows.");
        }
    }

    /// <summary>This try failed; another may not.</summary>
    private sealed class RetryException(string message, Exception? inner = null) : Exception(message, inner)
    {
        public TimeSpan? AskedPause { get; init; }
    }
}
