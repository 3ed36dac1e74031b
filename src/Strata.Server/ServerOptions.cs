using System.Net;

namespace Strata.Server;

/// <summary>How a server listens and what it lets in.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens. Only loopback addresses are accepted: there are no accounts, so whoever reaches the server may do everything.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 for any free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Names beside those of the loopback that a request's Host may have, such as that of a reverse proxy.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Other origins whose pages may call the API, such as <c>http://localhost:5173</c>.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>How long an upload waits for its table to be read before it answers that it still is.</summary>
    public TimeSpan ReadingPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where NASA's archive is asked for tables; null for its own address, another one for a mirror.</summary>
    public Uri? ArchiveAddress { get; init; }

    /// <summary>The folder of the built web page; when it is not there, <c>/</c> says how to build it.</summary>
    public string WebFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");
}
