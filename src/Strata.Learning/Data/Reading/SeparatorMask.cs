using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Data.Reading;

/// <summary>Where in 64 bytes any of three bytes stands, with the widest vectors that the processor has.</summary>
internal static unsafe class SeparatorMask
{
    public const int BlockBytes = 64;

    /// <summary>Bit i is set when byte i is one of the three. All 64 bytes are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(byte* block, byte a, byte b, byte c)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.Load(block);
            return (Vector512.Equals(bytes, Vector512.Create(a)) | Vector512.Equals(bytes, Vector512.Create(b)) | Vector512.Equals(bytes, Vector512.Create(c)))
                .ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Of256(block, a, b, c) | ((ulong)Of256(block + 32, a, b, c) << 32);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return Of128(block, a, b, c) | ((ulong)Of128(block + 16, a, b, c) << 16) | ((ulong)Of128(block + 32, a, b, c) << 32) | ((ulong)Of128(block + 48, a, b, c) << 48);
        }

        return Scalar(new ReadOnlySpan<byte>(block, BlockBytes), a, b, c);
    }

    /// <summary>The same for what is left at the end of memory, at most 64 bytes; also what the vector paths are tested against.</summary>
    public static ulong Scalar(ReadOnlySpan<byte> bytes, byte a, byte b, byte c)
    {
        ulong mask = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == a || bytes[i] == b || bytes[i] == c)
            {
                mask |= 1UL << i;
            }
        }

        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Of256(byte* block, byte a, byte b, byte c)
    {
        Vector256<byte> bytes = Vector256.Load(block);
        return (Vector256.Equals(bytes, Vector256.Create(a)) | Vector256.Equals(bytes, Vector256.Create(b)) | Vector256.Equals(bytes, Vector256.Create(c)))
            .ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Of128(byte* block, byte a, byte b, byte c)
    {
        Vector128<byte> bytes = Vector128.Load(block);
        return (Vector128.Equals(bytes, Vector128.Create(a)) | Vector128.Equals(bytes, Vector128.Create(b)) | Vector128.Equals(bytes, Vector128.Create(c)))
            .ExtractMostSignificantBits();
    }
}
