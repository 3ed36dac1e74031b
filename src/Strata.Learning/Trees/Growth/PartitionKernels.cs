using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Learning.Trees.Growth;

/// <summary>Divides a list of rows by a split into those that go left and those that go right, each in their old order.</summary>
internal static unsafe class PartitionKernels
{
    /// <summary>Writes past the last row of either list that the vector path may do; the lists have room for it.</summary>
    public const int Slack = 16;

    /// <param name="rows">Indices of the rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="bins">The split's column.</param>
    /// <param name="split">The split.</param>
    /// <param name="left">Gets the rows that go left; may be <paramref name="rows"/> itself.</param>
    /// <param name="right">Gets the others.</param>
    /// <returns>How many go left.</returns>
    public static int Divide(uint* rows, int count, byte* bins, in Split split, uint* left, uint* right) =>
        split.Bin >= 0 && Avx512F.IsSupported && Avx2.IsSupported ? DivideByRange(rows, count, bins, split, left, right) : DivideBySet(rows, count, bins, split.Left, left, right);

    /// <summary>Any split, without branches on the data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int DivideBySet(uint* rows, int count, byte* bins, BinSet set, uint* left, uint* right)
    {
        byte* goesRight = stackalloc byte[256];
        for (int bin = 0; bin < 256; bin++)
        {
            goesRight[bin] = set.Contains(bin) ? (byte)0 : (byte)1;
        }

        uint* start = left;
        for (uint* end = rows + count; rows < end; rows++)
        {
            uint row = *rows;
            nint isRight = goesRight[(nint)bins[(nint)row]];
            *left = row;
            *right = row;
            right += isRight;
            left += 1 - isRight;
        }

        return (int)(left - start);
    }

    /// <summary>A split by a threshold: the bins that go left are consecutive, missing being bin 0, so one unsigned comparison decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DivideByRange(uint* rows, int count, byte* bins, in Split split, uint* left, uint* right)
    {
        uint* start = left;
        int first = split.MissingLeft ? 0 : 1;
        uint width = (uint)(split.Bin - first);
        Vector512<int> firsts = Vector512.Create(first), low = Vector512.Create(255);
        Vector512<uint> widths = Vector512.Create(width);
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector512<uint> row = Vector512.Load(rows + i);
            Vector512<int> bin = Vector512.Create(
                Avx2.GatherVector256((int*)bins, row.GetLower().AsInt32(), 1),
                Avx2.GatherVector256((int*)bins, row.GetUpper().AsInt32(), 1)) & low;
            Vector512<uint> isRight = Vector512.GreaterThan((bin - firsts).AsUInt32(), widths);
            int rightCount = BitOperations.PopCount(isRight.ExtractMostSignificantBits());
            Avx512F.Compress(Vector512<uint>.Zero, ~isRight, row).Store(left);
            Avx512F.Compress(Vector512<uint>.Zero, isRight, row).Store(right);
            left += 16 - rightCount;
            right += rightCount;
        }

        for (; i < count; i++)
        {
            uint row = rows[i];
            nint isRight = (uint)(bins[(nint)row] - first) > width ? 1 : 0;
            *left = row;
            *right = row;
            right += isRight;
            left += 1 - isRight;
        }

        return (int)(left - start);
    }
}
