using Strata.Server.Safety;

namespace Strata.Server;

/// <summary>Files that people made are handed out to be saved, never to be shown by a browser as a page of ours.</summary>
internal static class Downloads
{
    public static IResult File(HttpContext context, Stream content, string name)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
        return Results.Stream(content, "application/octet-stream", SafeName(name));
    }

    /// <summary>Without what a header, a shell or a file system could trip over.</summary>
    internal static string SafeName(string name)
    {
        string kept = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ' ' ? letter : '_')).Trim(' ', '.', '-');
        kept = kept.Length > 120 ? kept[^120..] : kept;
        return kept.Length > 0 ? kept : "file";
    }
}
