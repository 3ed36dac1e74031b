using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Strata.Learning.Data;
using Strata.Platform;

namespace Strata.Server.Forms;

/// <summary>A multipart form whose files went straight to temporary files, never whole into memory.</summary>
internal sealed class UploadedForm : IAsyncDisposable
{
    private const int MostParts = 100;
    private const int MostFiles = 2;
    private const int MostTextBytes = 1 << 20;
    private const int BufferBytes = 1 << 16;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> files = new(StringComparer.Ordinal);

    private UploadedForm()
    {
    }

    public static bool IsForm(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DataException">The body is not a multipart form, or a damaged one.</exception>
    /// <exception cref="TooLargeException">A file is larger than the limit.</exception>
    public static async Task<UploadedForm> Read(HttpRequest request, StrataPlatform platform, CancellationToken cancellation)
    {
        if (!IsForm(request))
        {
            throw new BadHttpRequestException($"The body is '{request.ContentType}'; expected multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        var form = new UploadedForm();
        try
        {
            await form.ReadParts(request, platform, cancellation).ConfigureAwait(false);
            return form;
        }
        catch (TooLargeException)
        {
            await form.DisposeAsync().ConfigureAwait(false);
            await Drain(request.Body, cancellation).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            await form.DisposeAsync().ConfigureAwait(false);
            if (e is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw new BadHttpRequestException($"The form is damaged: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>The text of a field, or null when it is absent or empty.</summary>
    public string? Text(string name) => texts.TryGetValue(name, out string? text) && text.Length > 0 ? text : null;

    public UploadedFile? File(string name) => files.GetValueOrDefault(name);

    /// <exception cref="DataException">The form has no such file.</exception>
    public UploadedFile RequiredFile(string name) => File(name) ?? throw new DataException($"The form has no file '{name}'.");

    /// <exception cref="DataException">The field is neither true nor false.</exception>
    public bool Flag(string name) => Text(name)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "0" or "OFF" => false,
        "TRUE" or "1" or "ON" => true,
        _ => throw new DataException($"The field '{name}' is '{Text(name)}'; expected true or false."),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (UploadedFile file in files.Values)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes in what is still being sent, for a while: a browser reads no answer before it has sent all.</summary>
    private static async Task Drain(Stream body, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await body.CopyToAsync(Stream.Null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Then the connection is cut, which is what happens to whoever sends for ever.
        }
    }

    private async Task ReadParts(HttpRequest request, StrataPlatform platform, CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).ToString();
        if (boundary.Length is 0 or > 200)
        {
            throw new BadHttpRequestException("The form's content type names no boundary of 1 to 200 characters.");
        }

        var reader = new MultipartReader(boundary, request.Body, BufferBytes) { HeadersCountLimit = 16, HeadersLengthLimit = 16384 };
        int parts = 0;
        while (await reader.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is MultipartSection section)
        {
            if (++parts > MostParts)
            {
                throw new BadHttpRequestException($"The form has more than {MostParts} parts.");
            }

            await ReadPart(section, platform, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ReadPart(MultipartSection section, StrataPlatform platform, CancellationToken cancellation)
    {
        if (section.GetContentDispositionHeader() is not { } disposition || HeaderUtilities.RemoveQuotes(disposition.Name).ToString() is not { Length: > 0 } name)
        {
            throw new BadHttpRequestException("A part of the form has no name.");
        }

        if (disposition.IsFileDisposition())
        {
            if (files.Count == MostFiles)
            {
                throw new BadHttpRequestException($"The form has more than {MostFiles} files.");
            }

            string fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
            UploadedFile file = await UploadedFile.Keep(section.Body, fileName, platform.IncomingFolder(), platform.Options.MaxUploadBytes, cancellation).ConfigureAwait(false);
            if (!files.TryAdd(name, file))
            {
                await file.DisposeAsync().ConfigureAwait(false);
                throw new BadHttpRequestException($"The form has two files '{name}'.");
            }

            return;
        }

        using var memory = new MemoryStream();
        await UploadedFile.Copy(section.Body, memory, MostTextBytes, $"The field '{name}'", cancellation).ConfigureAwait(false);
        if (!texts.TryAdd(name, Encoding.UTF8.GetString(memory.ToArray()).Trim()))
        {
            throw new BadHttpRequestException($"The form has two fields '{name}'.");
        }
    }
}
