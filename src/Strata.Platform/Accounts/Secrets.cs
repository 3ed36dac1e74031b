using System.Data;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Strata.Platform.Accounts;

/// <summary>Random secrets that are handed out once and stored only as their SHA-256: with so many random bits nothing slower is needed.</summary>
internal static class Secrets
{
    /// <summary>Keys that the server keeps for itself.</summary>
    public const string Create = "create table account_keys (name text primary key, value text not null);";

    private const string Letters = "0123456789abcdefghijkmnpqrstuvwxyz";

    /// <summary>A text of random letters and digits, about 5 bits each.</summary>
    public static string Next(int letters) => RandomNumberGenerator.GetString(Letters, letters);

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Same(string hash, string otherHash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(otherHash));

    public static byte[]? Key(IDbConnection connection, string name) =>
        connection.ExecuteScalar<string?>("select value from account_keys where name = @name", new { name }) is string value ? Convert.FromBase64String(value) : null;

    /// <summary>The key of that name, made when there is none.</summary>
    public static byte[] MakeKey(IDbConnection connection, string name)
    {
        connection.Execute("insert into account_keys (name, value) values (@name, @value) on conflict do nothing", new { name, value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) });
        return Key(connection, name)!;
    }
}
