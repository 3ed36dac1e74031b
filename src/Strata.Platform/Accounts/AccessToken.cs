using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Platform.Accounts;

/// <summary>A short-lived signed token (JWT, HMAC-SHA256) that names a session. It only saves the secret from travelling: whether the session still lives is asked each time.</summary>
internal static class AccessToken
{
    private const string Audience = "strata";
    private const int Longest = 2000;

    // The one header that is written and the only one that is read: a token cannot choose how it is checked.
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string Write(byte[] key, string sessionId, string userId, DateTimeOffset now, TimeSpan life)
    {
        var claims = new JsonObject
        {
            ["aud"] = Audience,
            ["sub"] = userId,
            ["sid"] = sessionId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + life).ToUnixTimeSeconds(),
        };
        string signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Signature(key, signed)}";
    }

    /// <summary>The id of the session that the token names, or null when it is not ours, changed, or too old.</summary>
    public static string? SessionOf(byte[] key, string token, DateTimeOffset now)
    {
        int end = token.LastIndexOf('.');
        if (token.Length > Longest || end < 0 || !token.StartsWith(Header + ".", StringComparison.Ordinal) || !Secrets.Same(Signature(key, token[..end]), token[(end + 1)..]))
        {
            return null;
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan((Header.Length + 1)..end)));
        JsonElement root = claims.RootElement;
        return root.GetProperty("aud").GetString() == Audience && root.GetProperty("exp").GetInt64() > now.ToUnixTimeSeconds() ? root.GetProperty("sid").GetString() : null;
    }

    private static string Signature(byte[] key, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));
}
