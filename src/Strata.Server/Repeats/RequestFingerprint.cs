using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Strata.Platform;
using Strata.Server.Forms;

namespace Strata.Server.Repeats;

/// <summary>
/// What a request asks for, as a hash: address and body. Of a form the parts count and not the boundary between them, which a sender chooses anew each time. The body is
/// kept in a temporary file and read again by the route.
/// </summary>
internal static class RequestFingerprint
{
    private const int InMemoryBytes = 1 << 16;
    private const long FormOverheadBytes = 1 << 21;

    public static async Task<string> Of(HttpRequest request, StrataPlatform platform, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        bool isForm = UploadedForm.IsForm(request);
        long most = isForm ? (2 * platform.Options.MaxUploadBytes) + FormOverheadBytes : JsonBodies.MostBytes;
        Directory.CreateDirectory(platform.IncomingFolder());
        var kept = new FileBufferingReadStream(request.Body, InMemoryBytes, null, platform.IncomingFolder());
        request.HttpContext.Response.RegisterForDisposeAsync(kept);
        request.Body = kept;
        if (isForm && HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).ToString() is { Length: > 0 and <= 200 } boundary)
        {
            await AppendParts(hash, new MultipartReader(boundary, kept), most, cancellation).ConfigureAwait(false);
        }
        else
        {
            await Append(hash, kept, most, cancellation).ConfigureAwait(false);
        }

        // What follows the last part belongs to the body too.
        await Drain(kept, most, cancellation).ConfigureAwait(false);
        kept.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AppendParts(IncrementalHash hash, MultipartReader reader, long most, CancellationToken cancellation)
    {
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is MultipartSection part)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{part.ContentDisposition}\n"));
                await Append(hash, part.Body, most, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException($"The form is damaged: {e.Message}", e);
        }
    }

    /// <exception cref="TooLargeException">There are more bytes than that.</exception>
    private static async Task Append(IncrementalHash hash, Stream source, long most, CancellationToken cancellation)
    {
        var buffer = new byte[InMemoryBytes];
        for (long length = 0; await source.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and int read;)
        {
            length += read;
            if (length > most)
            {
                throw TooLargeException.Of("The request", most);
            }

            hash.AppendData(buffer, 0, read);
        }
    }

    private static async Task Drain(FileBufferingReadStream source, long most, CancellationToken cancellation)
    {
        var buffer = new byte[InMemoryBytes];
        while (await source.ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
            if (source.Position > most)
            {
                throw TooLargeException.Of("The request", most);
            }
        }
    }
}
