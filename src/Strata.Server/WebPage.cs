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

    private static readonly string[] NotPages = ["/openapi", "/docs"];

    /// <summary>Goes between routing and the routes: what no route takes may be a file of the page, or an address within it.</summary>
    public static void UseWebPage(this WebApplication app, string folder)
    {
        if (!File.Exists(Path.Join(folder, "index.html")))
        {
            app.Use((context, next) => IsForPage(context) && context.Request.Path == "/" ? Say(context) : next(context));
            return;
        }

        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        app.Use((context, next) =>
        {
            // The page has addresses of its own, such as /runs/ID; only what looks like a file has to be one.
            if (IsForPage(context) && !files.GetFileInfo(context.Request.Path).Exists && !LooksLikeFile(context.Request.Path))
            {
                context.Request.Path = "/index.html";
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching });
    }

    private static bool IsForPage(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Routes.IsApi(context.Request.Path)
        && !Array.Exists(NotPages, prefix => context.Request.Path.StartsWithSegments(prefix));

    /// <summary>A name may have a full stop in it, such as that of a deployment.</summary>
    private static bool LooksLikeFile(PathString path) => Path.HasExtension(path) && (path.StartsWithSegments("/assets") || path.Value!.LastIndexOf('/') == 0);

    private static Task Say(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(NotBuilt, context.RequestAborted);
    }

    /// <summary>Names of assets carry a hash of their content; everything else is asked for again each time.</summary>
    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
