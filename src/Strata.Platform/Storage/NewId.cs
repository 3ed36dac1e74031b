using System.Security.Cryptography;

namespace Strata.Platform.Storage;

/// <summary>Opaque ids of 128 random bits: 26 letters and digits that are safe in addresses and file names.</summary>
public static class NewId
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Next()
    {
        UInt128 bits = BitConverter.ToUInt128(RandomNumberGenerator.GetBytes(16));
        return string.Create(26, bits, static (text, rest) =>
        {
            for (int i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Digits[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }
}
