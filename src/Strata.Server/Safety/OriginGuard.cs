namespace Strata.Server.Safety;

/// <summary>Refuses what other sites' pages make a browser send here: writes of every kind, and reads that a browser does not shield such as event streams.</summary>
internal sealed class OriginGuard(IEnumerable<string> allowed)
{
    private readonly HashSet<string> origins = new(allowed.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public Task Check(HttpContext context, RequestDelegate next) =>
        Permits(context.Request) ? next(context) : Errors.Write(context, StatusCodes.Status403Forbidden, "Cross-site request", "Pages of other sites may not call this server. The setting of CORS origins lets one in.");

    private bool Permits(HttpRequest request)
    {
        if (request.Headers.Origin is [string origin, ..])
        {
            return IsOwn(origin, request) || origins.Contains(origin);
        }

        // Without an Origin a browser still says where a request comes from; a click on a link elsewhere may open a page here but not call the API.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin" || (!Routes.IsApi(request.Path) && HttpMethods.IsGet(request.Method));
    }

    /// <summary>Whether the origin is the host that was asked; the scheme may differ, since a proxy in front may be the one that speaks TLS.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
