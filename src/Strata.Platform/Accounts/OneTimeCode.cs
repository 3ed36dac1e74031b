using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Platform.Accounts;

/// <summary>The six digits that an authenticator app shows, another six every thirty seconds (RFC 6238).</summary>
internal static class OneTimeCode
{
    public const int KeyBytes = 20;

    private const int SecondsPerStep = 30;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / SecondsPerStep;

    /// <summary>The step whose code this is: the present one, or its neighbour, because clocks differ and typing takes time; only ones after the last that was used.</summary>
    public static long? StepOf(string code, byte[] key, DateTimeOffset time, long lastUsed)
    {
        string digits = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        long now = StepAt(time);
        long? found = null;
        for (long step = now - 1; step <= now + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digits), Encoding.UTF8.GetBytes(Of(key, step))) && step > lastUsed)
            {
                found = step;
            }
        }

        return found;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Authenticator apps know no other one, and HMAC does not rest on what is weak about SHA-1.")]
    public static string Of(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, hash);
        int truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (truncated % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>A key as apps take it.</summary>
    public static string Base32(byte[] key)
    {
        var text = new StringBuilder();
        for (int bit = 0; bit < key.Length * 8; bit += 5)
        {
            int index = 0;
            for (int i = bit; i < bit + 5; i++)
            {
                index = (index << 1) | (i < key.Length * 8 ? (key[i / 8] >> (7 - i % 8)) & 1 : 0);
            }

            text.Append(Base32Letters[index]);
        }

        return text.ToString();
    }
}
