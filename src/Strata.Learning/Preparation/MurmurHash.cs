using System.Buffers.Binary;
using System.Numerics;

namespace Strata.Learning.Preparation;

/// <summary>A fast hash that is the same on every machine (MurmurHash3 x86 32, Appleby, public domain), with seed 0 as scikit-learn's hashers use it.</summary>
internal static class MurmurHash
{
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        int at = 0;
        for (; at + 4 <= bytes.Length; at += 4)
        {
            hash = BitOperations.RotateLeft(hash ^ Mixed(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..])), 13) * 5 + 0xe6546b64;
        }

        uint rest = 0;
        for (int i = bytes.Length - 1; i >= at; i--)
        {
            rest = (rest << 8) | bytes[i];
        }

        hash ^= at < bytes.Length ? Mixed(rest) : 0;
        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }

    /// <summary>The place among so many, and the sign, 1 or -1.</summary>
    public static (int Place, int Sign) Place(ReadOnlySpan<byte> bytes, int count)
    {
        int hash = Of(bytes);
        return ((int)(Math.Abs((long)hash) % count), hash >= 0 ? 1 : -1);
    }

    private static uint Mixed(uint word) => BitOperations.RotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
}
