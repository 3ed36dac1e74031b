using System.Net;

namespace Strata.Server.Safety;

/// <summary>Refuses requests for another host's name: a page whose name was made to point here (DNS rebinding) would else count as our own.</summary>
internal sealed class HostGuard(IEnumerable<string> allowed)
{
    private readonly HashSet<string> names = new(allowed.Concat(["localhost", "127.0.0.1", "[::1]"]), StringComparer.OrdinalIgnoreCase);

    public Task Check(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        return Knows(host) || IsAskedAddress(host, context.Connection.LocalIpAddress) ? next(context) : Errors.Write(context, StatusCodes.Status400BadRequest, "Unknown host", "This server is not known by that name. The setting of allowed hosts adds one.");
    }

    public bool Knows(string host) => names.Contains(host) || IsLoopback(host);

    /// <summary>Whether the host is this machine as it calls itself.</summary>
    public static bool IsLoopback(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (AddressOf(host) is IPAddress address && IPAddress.IsLoopback(address));

    /// <summary>The very address that the request came to is no name that could have been made to point here.</summary>
    private static bool IsAskedAddress(string host, IPAddress? local) =>
        local is not null && AddressOf(host) is IPAddress address && address.Equals(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local);

    private static IPAddress? AddressOf(string host) => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? address : null;
}
