namespace Strata.Server.Safety;

/// <summary>The headers that every answer carries: nothing is framed, sniffed or run that is not ours.</summary>
internal static class SecurityHeaders
{
    /// <summary>Styles may be inline (components set sizes that way); scripts may not.</summary>
    private const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>What a download may do when a browser shows it after all: nothing.</summary>
    public const string DownloadPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public static Task Set(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (Routes.IsApi(context.Request.Path))
        {
            headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
