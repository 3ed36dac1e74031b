using System.Net;

namespace Strata.Server.Safety;

/// <summary>Refuses requests for another host's name: a page whose name was made to point here (DNS rebinding) would else count as our own.</summary>
internal sealed class HostGuard(IEnumerable<string> allowed)
{
    private readonly HashSet<string> names = new(allowed.Concat(["localhost"]), StringComparer.OrdinalIgnoreCase);

    public Task Check(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        return Knows(host) ? next(context) : Errors.Write(context, StatusCodes.Status400BadRequest, "Unknown host", "This server is not known by that name. The setting of allowed hosts adds one.");
    }

    public bool Knows(string host) => names.Contains(host) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
