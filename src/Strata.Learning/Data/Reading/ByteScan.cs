using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Data.Reading;

/// <summary>What a stretch of bytes holds, found in one pass over it.</summary>
internal unsafe struct ByteScan
{
    public long Newlines;
    public bool HasQuotes;
    public bool HasNul;
    public bool HasNonAscii;

    public static ByteScan Of(byte* start, byte* end, byte newline, byte quote)
    {
        var scan = default(ByteScan);
        byte* at = start;
        if (Vector512.IsHardwareAccelerated)
        {
            at = Blocks512(start, end, newline, quote, ref scan);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            at = Blocks128(start, end, newline, quote, ref scan);
        }

        for (; at < end; at++)
        {
            scan.Newlines += *at == newline ? 1 : 0;
            scan.HasQuotes |= *at == quote;
            scan.HasNul |= *at == 0;
            scan.HasNonAscii |= *at >= 0x80;
        }

        return scan;
    }

    private static byte* Blocks512(byte* at, byte* end, byte newline, byte quote, ref ByteScan scan)
    {
        Vector512<byte> any = default, smallest = Vector512<byte>.AllBitsSet, quotes = default;
        Vector512<byte> newlines = Vector512.Create(newline), quoteBytes = Vector512.Create(quote);
        long count = 0;
        for (; at + Vector512<byte>.Count <= end; at += Vector512<byte>.Count)
        {
            Vector512<byte> bytes = Vector512.Load(at);
            any |= bytes;
            smallest = Vector512.Min(smallest, bytes);
            quotes |= Vector512.Equals(bytes, quoteBytes);
            count += BitOperations.PopCount(Vector512.Equals(bytes, newlines).ExtractMostSignificantBits());
        }

        scan.Newlines += count;
        scan.HasQuotes |= quotes != default;
        scan.HasNul |= Vector512.EqualsAny(smallest, default);
        scan.HasNonAscii |= any.ExtractMostSignificantBits() != 0;
        return at;
    }

    private static byte* Blocks128(byte* at, byte* end, byte newline, byte quote, ref ByteScan scan)
    {
        Vector128<byte> any = default, smallest = Vector128<byte>.AllBitsSet, quotes = default;
        Vector128<byte> newlines = Vector128.Create(newline), quoteBytes = Vector128.Create(quote);
        long count = 0;
        for (; at + Vector128<byte>.Count <= end; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Load(at);
            any |= bytes;
            smallest = Vector128.Min(smallest, bytes);
            quotes |= Vector128.Equals(bytes, quoteBytes);
            count += BitOperations.PopCount(Vector128.Equals(bytes, newlines).ExtractMostSignificantBits());
        }

        scan.Newlines += count;
        scan.HasQuotes |= quotes != default;
        scan.HasNul |= Vector128.EqualsAny(smallest, default);
        scan.HasNonAscii |= any.ExtractMostSignificantBits() != 0;
        return at;
    }
}
