using System.Net;
using System.Net.Sockets;
using Strata.Learning.Data;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>Resolves a name to its addresses.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancellation);

/// <summary>Connects to an address.</summary>
internal delegate ValueTask<Stream> ConnectTo(IPEndPoint address, CancellationToken cancellation);

/// <summary>
/// Which servers webhooks may reach: those of the public Internet, and what the owner allows by name or network. A name is looked up once for each connection, all its addresses are checked, and
/// the connection goes to one of them, so that an answer that changes afterwards changes nothing.
/// </summary>
internal sealed class WebhookTargets
{
    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    /// <summary>What is not the public Internet (IANA's special-purpose registries), and the addresses by which clouds tell their machines' secrets.</summary>
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private readonly HashSet<string> allowedHosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> allowedNetworks = [];
    private readonly ResolveName resolve;
    private readonly ConnectTo connect;

    /// <param name="allowed">Names of hosts, addresses and networks (<c>10.1.0.0/16</c>) that are allowed although they are not public.</param>
    /// <param name="resolve">Null for the system's.</param>
    /// <param name="connect">Null for TCP.</param>
    public WebhookTargets(IEnumerable<string> allowed, ResolveName? resolve = null, ConnectTo? connect = null)
    {
        foreach (string one in allowed)
        {
            if (IPNetwork.TryParse(one, out IPNetwork network))
            {
                allowedNetworks.Add(network);
            }
            else if (IPAddress.TryParse(one, out IPAddress? address))
            {
                allowedNetworks.Add(new IPNetwork(Plain(address), Plain(address).AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            }
            else
            {
                allowedHosts.Add(one);
            }
        }

        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        this.connect = connect ?? OverTcp;
    }

    /// <summary>Says what is wrong with the name of a host, an address or a network in the owner's setting; null when nothing is.</summary>
    public static string? ProblemOf(string allowed) =>
        IPNetwork.TryParse(allowed, out _) || IPAddress.TryParse(allowed, out _) || Uri.CheckHostName(allowed) == UriHostNameType.Dns
            ? null
            : $"The setting webhook_allow has '{allowed}'; expected the name of a host, an address, or a network such as 10.1.0.0/16.";

    /// <summary>Checks what can be seen of an address without asking for its name.</summary>
    /// <exception cref="DataException">It is no address of a webhook.</exception>
    public void Check(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Host.Length == 0 || text.Length > 2000)
        {
            throw new DataException("A webhook's address takes http:// or https:// with a host, without a password in it, and up to 2000 letters.");
        }

        if (IPAddress.TryParse(address.IdnHost, out IPAddress? literal) && !Permits(literal))
        {
            throw new DataException(Sentence(address.IdnHost, literal));
        }
    }

    /// <summary>Whether webhooks may reach an address.</summary>
    public bool Permits(IPAddress address)
    {
        address = Plain(address);
        return allowedNetworks.Any(network => network.Contains(address))
            || ((address.AddressFamily == AddressFamily.InterNetwork || GlobalIPv6.Contains(address)) && !Refused.Any(network => network.Contains(address)));
    }

    /// <summary>Looks the host up and connects to one of the addresses that have been checked.</summary>
    /// <exception cref="TargetRefusedException">One of its addresses is not to be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        IPAddress[] addresses = await resolve(target.Host, cancellation).ConfigureAwait(false);
        if (!allowedHosts.Contains(target.Host) && Array.Find(addresses, address => !Permits(address)) is IPAddress refused)
        {
            throw new TargetRefusedException(Sentence(target.Host, refused));
        }

        SocketException? failure = null;
        foreach (IPAddress address in addresses)
        {
            try
            {
                return await connect(new IPEndPoint(address, target.Port), cancellation).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async ValueTask<Stream> OverTcp(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An IPv4 address that is written as one of IPv6 is judged as what it is.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Sentence(string host, IPAddress address) =>
        $"'{host}' is at {address}, which is not on the public Internet; webhooks do not go there. Whoever owns the server may allow it (strata serve --webhook-allow).";
}

/// <summary>A webhook's host is at an address that webhooks do not reach.</summary>
internal sealed class TargetRefusedException(string message) : Exception(message);
