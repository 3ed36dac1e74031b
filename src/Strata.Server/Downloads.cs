using Strata.Learning.Data;
using Strata.Server.Safety;

namespace Strata.Server;

/// <summary>Files that people made are handed out to be saved, never to be shown by a browser as a page of ours.</summary>
internal static class Downloads
{
    public static IResult File(HttpContext context, Stream content, string name)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
        return Results.Stream(content, "application/octet-stream", SafeName(name), enableRangeProcessing: true);
    }

    /// <summary>Lines of text, written as they come.</summary>
    public static IResult Text(HttpContext context, IEnumerable<string> lines, string name)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
        return Results.Stream(
            async body =>
            {
                var writer = new StreamWriter(body, leaveOpen: true) { NewLine = "\n" };
                await using (writer.ConfigureAwait(false))
                {
                    foreach (string line in lines)
                    {
                        await writer.WriteLineAsync(line.AsMemory(), context.RequestAborted).ConfigureAwait(false);
                    }
                }
            },
            "text/plain; charset=utf-8",
            SafeName(name));
    }

    /// <summary>A table that a spreadsheet program may open: no cell of it is taken for a formula.</summary>
    public static IResult Csv(HttpContext context, Frame table, string name)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
        return Results.Stream(
            async body =>
            {
                // The writer is synchronous and must not hold one of the web server's threads for a slow reader.
                using var memory = new MemoryStream();
                FrameCsv.Write(memory, table, spreadsheetSafe: true);
                memory.Position = 0;
                await memory.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            },
            "text/csv",
            SafeName(name));
    }

    /// <summary>Without what a header, a shell or a file system could trip over.</summary>
    internal static string SafeName(string name)
    {
        string kept = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ' ' ? letter : '_')).Trim(' ', '.', '-');
        kept = kept.Length > 120 ? kept[^120..] : kept;
        return kept.Length > 0 ? kept : "file";
    }
}
