using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Strata.Server;

/// <summary>How a server listens and what it lets in.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens. Beyond the loopback only when somebody can administer: without accounts whoever reaches the server may do everything.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 for any free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Names beside those of the loopback that a request's Host may have, such as that of a reverse proxy.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The certificate with its key, for HTTPS; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A secret that makes the first administrator, once; null where the local owner does that. With it nobody is the local owner.</summary>
    public string? SetUpToken { get; init; }

    /// <summary>A bearer secret by which the program that started this server is its owner; null for none.</summary>
    public string? OwnerKey { get; init; }

    /// <summary>How many requests a second one user, token or unknown address may make in the long run, once there are accounts.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Other origins whose pages may call the API, such as <c>http://localhost:5173</c>.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>How long an upload waits for its table to be read before it answers that it still is.</summary>
    public TimeSpan ReadingPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where NASA's archive is asked for tables; null for its own address, another one for a mirror.</summary>
    public Uri? ArchiveAddress { get; init; }

    /// <summary>An OpenTelemetry collector that gets metrics and traces by OTLP over HTTP, such as <c>http://localhost:4318</c>; null for none.</summary>
    public Uri? Collector { get; init; }

    /// <summary>How often the collector gets the metrics.</summary>
    public TimeSpan CollectorEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folder of the built web page; when it is not there, <c>/</c> says how to build it.</summary>
    public string WebFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");
}
