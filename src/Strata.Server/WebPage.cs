using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Strata.Server;

/// <summary>Serves the built web page; without one, says how to build it.</summary>
internal static class WebPage
{
    private const string NotBuilt = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Strata</title>
        <h1>Strata is running</h1>
        <p>The web page has not been built. In the project's folder, <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code> builds it; so does <code>dotnet build</code>.</p>
        <p>The API is described at <a href="/docs/">/docs</a>.</p>
        </html>
        """;

    public static void MapWebPage(this WebApplication app, string folder)
    {
        string index = Path.Join(folder, "index.html");
        if (File.Exists(index))
        {
            var options = new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)), OnPrepareResponse = SetCaching };
            app.UseStaticFiles(options);
            app.MapFallbackToFile("{**path}", "index.html", options).ExcludeFromDescription();
        }
        else
        {
            app.MapGet("/", () => Results.Content(NotBuilt, "text/html; charset=utf-8")).ExcludeFromDescription();
        }
    }

    /// <summary>Names of assets carry a hash of their content; everything else is asked for again each time.</summary>
    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
