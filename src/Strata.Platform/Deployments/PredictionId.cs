using System.Security.Cryptography;

namespace Strata.Platform.Deployments;

/// <summary>The id of one prediction: 26 letters and digits, the first ten the time in milliseconds, so that its place in the log follows from it, the others 80 bits of chance.</summary>
public static class PredictionId
{
    public const int Length = 26;

    private const int TimeLetters = 10;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Chance is fetched for many ids at once: one call of the generator costs more than the rest of an id.</summary>
    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int used;

    public static string Next(DateTimeOffset at)
    {
        ReadOnlySpan<byte> chance = Draw(Length - TimeLetters);
        Span<char> text = stackalloc char[Length];
        long time = at.ToUnixTimeMilliseconds();
        for (int i = TimeLetters - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(time & 31)];
            time >>= 5;
        }

        for (int i = 0; i < chance.Length; i++)
        {
            text[TimeLetters + i] = Digits[chance[i] & 31];
        }

        return new string(text);
    }

    /// <summary>Bytes that were given to nobody else.</summary>
    private static ReadOnlySpan<byte> Draw(int count)
    {
        byte[] bytes = drawn ??= new byte[4096];
        if (used == 0 || used + count > bytes.Length)
        {
            RandomNumberGenerator.Fill(bytes);
            used = 0;
        }

        used += count;
        return bytes.AsSpan(used - count, count);
    }

    /// <summary>When the prediction was made; false when the text is no such id.</summary>
    public static bool TryTime(string id, out DateTimeOffset at)
    {
        long time = 0;
        at = default;
        if (id.Length != Length)
        {
            return false;
        }

        for (int i = 0; i < id.Length; i++)
        {
            int digit = Digits.IndexOf(id[i], StringComparison.Ordinal);
            if (digit < 0 || (i == 0 && digit > 7))
            {
                return false;
            }

            time = i < TimeLetters ? (time << 5) | (uint)digit : time;
        }

        if (time > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        at = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return true;
    }
}
