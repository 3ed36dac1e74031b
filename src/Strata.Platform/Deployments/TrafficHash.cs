using System.Text;

namespace Strata.Platform.Deployments;

/// <summary>
/// Where a key falls between 0 and 1: the same on every server and in every version of the program, since who is sent where follows from it. FNV-1a over the UTF-8
/// bytes of salt and key, finished by the mixing of SplitMix64 so that keys that differ in their last letter fall far apart.
/// </summary>
public static class TrafficHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>From 0 to just below 1.</summary>
    /// <param name="salt">Parts one purpose from another, so that a user's place in one deployment says nothing about another's.</param>
    /// <param name="key">Such as the id of a user.</param>
    public static double Place(string salt, string key)
    {
        ulong hash = Add(Add(Basis, salt) * Prime, key);
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Add(ulong hash, string text)
    {
        Span<byte> small = stackalloc byte[256];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= small.Length ? small : new byte[most];
        foreach (byte one in bytes[..Encoding.UTF8.GetBytes(text, bytes)])
        {
            hash = (hash ^ one) * Prime;
        }

        return hash;
    }
}
