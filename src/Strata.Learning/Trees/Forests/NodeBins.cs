using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>The bins of a node's rows in one column, side by side: where they begin and end, and which rows lie below a threshold, 64 at a time.</summary>
internal sealed unsafe class NodeBins : IDisposable
{
    /// <summary>One below the bin, so that missing values (bin 0) come last.</summary>
    private const byte Missing = byte.MaxValue;
    private AlignedBuffer<byte> bins = new(1024);
    private int count;

    /// <summary>How many words of 64 rows there are.</summary>
    public int WordCount => (count + 63) / 64;

    /// <summary>Takes the bins of some rows; returns the least and the greatest bin of numbers, 256 and 0 when there are none, and whether any is missing.</summary>
    /// <remarks>A method of its own, so that its loops keep what they need in registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public (int Low, int High, bool AnyMissing) Take(byte* binOfRow, uint* rows, int rowCount)
    {
        count = rowCount;
        if (bins.Length < 64L * WordCount)
        {
            bins.Dispose();
            bins = new AlignedBuffer<byte>(128L * WordCount);
        }

        byte* to = bins.Pointer;
        for (nint i = 0; i < rowCount; i++)
        {
            to[i] = (byte)(binOfRow[rows[i]] - 1);
        }

        int padding = 64 * WordCount - rowCount, missing = -padding;
        new Span<byte>(to + rowCount, padding).Fill(Missing);
        Vector512<byte> least = Vector512<byte>.AllBitsSet, greatest = Vector512<byte>.Zero, one = Vector512<byte>.One;
        for (int word = 0; word < WordCount; word++)
        {
            var own = Vector512.Load(to + 64 * word);
            least = Vector512.Min(least, own);
            greatest = Vector512.Max(greatest, own + one);
            missing += BitOperations.PopCount(Vector512.Equals(own, Vector512<byte>.AllBitsSet).ExtractMostSignificantBits());
        }

        return (Least(least) + 1, byte.MaxValue - Least(~greatest), missing > 0);
    }

    /// <summary>The least of the lanes, by halves.</summary>
    private static byte Least(Vector512<byte> lanes)
    {
        Vector256<byte> half = Vector256.Min(lanes.GetLower(), lanes.GetUpper());
        Vector128<byte> quarter = Vector128.Min(half.GetLower(), half.GetUpper());
        quarter = Vector128.Min(quarter, Vector128.Shuffle(quarter, Vector128.Create((byte)8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)));
        quarter = Vector128.Min(quarter, Vector128.Shuffle(quarter, Vector128.Create((byte)4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7)));
        quarter = Vector128.Min(quarter, Vector128.Shuffle(quarter, Vector128.Create((byte)2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3)));
        return Math.Min(quarter[0], quarter[1]);
    }

    /// <summary>The rows with numbers in bins up to <paramref name="last"/>, of the 64 of a word.</summary>
    public ulong UpTo(int word, int last) => Vector512.LessThanOrEqual(Vector512.Load(bins.Pointer + 64 * word), Vector512.Create((byte)(last - 1))).ExtractMostSignificantBits();

    /// <summary>The rows without a number, of the 64 of a word.</summary>
    public ulong WithoutNumber(int word)
    {
        ulong marks = Vector512.Equals(Vector512.Load(bins.Pointer + 64 * word), Vector512<byte>.AllBitsSet).ExtractMostSignificantBits();
        int rows = count - 64 * word;
        return rows >= 64 ? marks : marks & ((1UL << rows) - 1);
    }

    public void Dispose() => bins.Dispose();
}
