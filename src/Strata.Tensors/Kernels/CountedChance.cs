using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>
/// 32 even bits for each place of an array, by mixing its number with a seed (multiply and shift as in murmur's last steps, constants of Wellons 2018): any of them can be had
/// again, in any order, sixteen at once.
/// </summary>
internal readonly struct CountedChance(ulong seed)
{
    private const uint First = 0x7feb352d, Second = 0x846ca68b;

    private readonly uint low = (uint)seed, high = (uint)(seed >> 32);

    /// <summary>The bits below which a share of all lies.</summary>
    public static uint Threshold(double share) => (uint)Math.Min(uint.MaxValue, Math.Round(share * 4294967296.0));

    public uint Bits(uint place)
    {
        unchecked
        {
            uint x = place ^ low;
            x = (x ^ x >> 16) * First;
            x = ((x ^ x >> 15) + high) * Second;
            x = (x ^ x >> 16) * First;
            return x ^ x >> 15;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> Bits(Vector512<uint> places)
    {
        Vector512<uint> x = places ^ Vector512.Create(low);
        x = (x ^ Vector512.ShiftRightLogical(x, 16)) * Vector512.Create(First);
        x = ((x ^ Vector512.ShiftRightLogical(x, 15)) + Vector512.Create(high)) * Vector512.Create(Second);
        x = (x ^ Vector512.ShiftRightLogical(x, 16)) * Vector512.Create(First);
        return x ^ Vector512.ShiftRightLogical(x, 15);
    }

    /// <summary>For sixteen places the factor where the bits are not below the threshold, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Kept(Vector512<uint> places, uint threshold, float factor) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(Bits(places), Vector512.Create(threshold)).AsSingle(), Vector512.Create(factor), Vector512<float>.Zero);
}
