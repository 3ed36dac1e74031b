using System.Security.Cryptography;
using System.Text;
using Strata.Platform;
using Strata.Platform.Accounts;

namespace Strata.Server.Safety;

/// <summary>Tells who makes a request by what it shows: a bearer token, name and password, or the cookie of the web page.</summary>
internal sealed class Authentication(StrataPlatform platform, ServerOptions options)
{
    /// <summary>Sent by the web page with what it asks for by itself, so that a page that nobody looks at does not keep its session alive.</summary>
    public const string UnattendedHeader = "Strata-Unattended";

    /// <param name="context">The request.</param>
    /// <param name="isUse">Whether this counts as use of a session, which keeps it from ending by rest.</param>
    /// <exception cref="LogInException">What is shown is wrong or no longer good.</exception>
    /// <exception cref="TooManyLogInsException">Too many passwords were wrong.</exception>
    public async Task<Caller> Of(HttpContext context, bool isUse = true)
    {
        string? address = context.Connection.RemoteIpAddress?.ToString();
        string header = context.Request.Headers.Authorization.ToString();
        if (options.OwnerKey is string key && IsOwner(header, key))
        {
            return Caller.LocalOwner(address);
        }

        if (!platform.Users.HasUsers())
        {
            return options.SetUpToken is null ? Caller.LocalOwner(address) : Caller.Nobody(address);
        }

        Identity? identity = header.Length > 0
            ? await OfHeader(header, address).ConfigureAwait(false) ?? throw new LogInException("The token is unknown, expired or revoked.")
            : await OfCookie(context, isUse).ConfigureAwait(false);
        return identity is null ? Caller.Nobody(address) : Caller.Of(identity, address);
    }

    /// <summary>The name of the cookie. A browser sends one that begins with <c>__Host-</c> only over TLS and only to the host that set it; plain HTTP is for this machine, where each port has its own.</summary>
    public static string CookieName(HttpRequest request) => IsSecure(request) ? "__Host-strata_session" : $"strata_session_{request.Host.Port ?? 80}";

    public static bool IsSecure(HttpRequest request) => request.IsHttps || !HostGuard.IsLoopback(request.Host.Host);

    private static bool IsOwner(string header, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header)), SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {key}")));

    private async Task<Identity?> OfHeader(string header, string? address)
    {
        if (After("Bearer ", header) is string bearer)
        {
            return bearer.StartsWith(ApiTokens.Mark, StringComparison.Ordinal) ? await OfToken(bearer).ConfigureAwait(false) : platform.LogIns.OfAccessToken(bearer);
        }

        if (After("Basic ", header) is string basic && Pair(basic) is (string name, string password))
        {
            // Programs that only know names and passwords give a token as the password.
            return password.StartsWith(ApiTokens.Mark, StringComparison.Ordinal)
                ? await OfToken(password).ConfigureAwait(false)
                : await platform.LogIns.OfPasswordAsync(name, password, address).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<Identity?> OfToken(string secret)
    {
        Identity? identity = platform.Tokens.IdentityOf(secret);
        if (identity?.Token is ApiToken token)
        {
            await platform.Tokens.NoteUseAsync(token).ConfigureAwait(false);
        }

        return identity;
    }

    private async Task<Identity?> OfCookie(HttpContext context, bool isUse)
    {
        Identity? identity = context.Request.Cookies[CookieName(context.Request)] is string secret ? platform.LogIns.OfCookie(secret) : null;
        if (isUse && identity?.Session is Session session && !context.Request.Headers.ContainsKey(UnattendedHeader))
        {
            await platform.LogIns.TouchAsync(session).ConfigureAwait(false);
        }

        return identity;
    }

    private static string? After(string scheme, string header) => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;

    private static (string Name, string Password)? Pair(string encoded)
    {
        byte[] bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out int length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [string name, string password] ? (name, password) : null;
    }
}
