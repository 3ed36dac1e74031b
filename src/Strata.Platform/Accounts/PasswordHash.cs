using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Platform.Accounts;

/// <summary>Passwords as they are stored: PBKDF2 with HMAC-SHA512, the salt and the number of rounds beside the hash.</summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Of(string password, int rounds)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, rounds))}");
    }

    /// <summary>Whether the password is the stored one. Takes the same time for the same number of rounds, whatever the answer.</summary>
    public static bool Fits(string password, string stored)
    {
        (int rounds, byte[] salt, byte[] hash) = Parts(stored);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, rounds), hash);
    }

    /// <summary>Whether it was made with fewer rounds than passwords get by now.</summary>
    public static bool IsOld(string stored, int rounds) => Parts(stored).Rounds < rounds;

    private static (int Rounds, byte[] Salt, byte[] Hash) Parts(string stored)
    {
        string[] parts = stored.Split('$');
        return parts is [Scheme, _, _, _]
            ? (int.Parse(parts[1], CultureInfo.InvariantCulture), Convert.FromBase64String(parts[2]), Convert.FromBase64String(parts[3]))
            : throw new InvalidOperationException("A stored password hash is of an unknown scheme.");
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC)), salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
