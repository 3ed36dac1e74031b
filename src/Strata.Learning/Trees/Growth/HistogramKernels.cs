using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Learning.Trees.Growth;

/// <summary>
/// Adds rows' packed derivatives to the bins of their columns. A histogram has 256 words a column: packed sums, or, when the rows are too many for that, wide ones,
/// all gradients and then all hessians.
/// </summary>
internal static unsafe class HistogramKernels
{
    public const int BinsPerColumn = 256;

    /// <summary>Rows that are fetched into the cache before their turn.</summary>
    private const int Ahead = 24;

    /// <summary>Columns that one pass over the rows takes; rows' starts and lengths are multiples of four bytes.</summary>
    private const int MostColumnsAtOnce = 32;

    /// <summary>Rows per pass while there are more columns than one pass takes, so that their bins stay in the cache.</summary>
    private const int RowsPerPass = 256;

    /// <param name="bins">First column's bin of row 0.</param>
    /// <param name="stride">Bytes between rows.</param>
    /// <param name="rows">Indices of the rows; at least <see cref="Ahead"/> readable, valid row indices follow them.</param>
    /// <param name="count">How many rows; at most what packed sums hold.</param>
    /// <param name="words">Packed derivatives by row.</param>
    /// <param name="histogram">256 words a column, added to.</param>
    /// <param name="columns">How many columns; a multiple of four.</param>
    public static void Accumulate(byte* bins, nint stride, uint* rows, int count, long* words, long* histogram, int columns)
    {
        if (columns <= MostColumnsAtOnce)
        {
            Pass(bins, stride, rows, count, words, histogram, columns);
            return;
        }

        for (int from = 0; from < count; from += RowsPerPass)
        {
            int pass = Math.Min(RowsPerPass, count - from);
            for (int column = 0; column < columns; column += MostColumnsAtOnce)
            {
                Pass(bins + column, stride, rows + from, pass, words, histogram + column * BinsPerColumn, Math.Min(MostColumnsAtOnce, columns - column));
            }
        }
    }

    /// <summary>The plain loop that <see cref="Accumulate"/> must agree with.</summary>
    public static void Reference(byte* bins, nint stride, uint* rows, int count, long* words, long* histogram, int columns)
    {
        for (int i = 0; i < count; i++)
        {
            for (int column = 0; column < columns; column++)
            {
                histogram[column * BinsPerColumn + bins[rows[i] * stride + column]] += words[rows[i]];
            }
        }
    }

    /// <summary>Adds rows' packed derivatives to the words that each row lists.</summary>
    /// <param name="starts">Where each row's list begins; the next row's start is its end.</param>
    /// <param name="entries">The lists.</param>
    /// <param name="rows">As for <see cref="Accumulate"/>.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="words">Packed derivatives by row.</param>
    /// <param name="sums">Added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateListed(uint* starts, ushort* entries, uint* rows, int count, long* words, long* sums)
    {
        for (uint* end = rows + count; rows < end; rows++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(starts + (nint)rows[Ahead]);
                Sse.Prefetch0(words + (nint)rows[Ahead]);
                ushort* list = entries + (nint)starts[(nint)rows[Ahead / 2]];
                Sse.Prefetch0(list);
                Sse.Prefetch0(list + 32);
            }

            nint row = (nint)(*rows);
            long word = words[row];
            ushort* entry = entries + (nint)starts[row], last = entries + (nint)starts[row + 1];
            for (; entry + 4 <= last; entry += 4)
            {
                sums[(nint)entry[0]] += word;
                sums[(nint)entry[1]] += word;
                sums[(nint)entry[2]] += word;
                sums[(nint)entry[3]] += word;
            }

            for (; entry < last; entry++)
            {
                sums[(nint)(*entry)] += word;
            }
        }
    }

    /// <summary>Adds packed sums to wide ones and clears the packed ones. The wide hessians lie <paramref name="hessians"/> words after the gradients.</summary>
    public static void Widen(long* packed, long* wide, nint hessians, int length, GradientPacking packing)
    {
        Vector512<long> mask = Vector512.Create(packing.Mask);
        for (int i = 0; i < length; i += Vector512<long>.Count)
        {
            Vector512<long> x = Vector512.Load(packed + i);
            (Vector512.Load(wide + i) + Vector512.ShiftRightArithmetic(x, packing.Shift)).Store(wide + i);
            (Vector512.Load(wide + hessians + i) + (x & mask)).Store(wide + hessians + i);
            Vector512<long>.Zero.Store(packed + i);
        }
    }

    /// <summary>Packs wide sums that have become small enough, in place.</summary>
    public static void Narrow(long* wide, nint hessians, int length, GradientPacking packing)
    {
        for (int i = 0; i < length; i += Vector512<long>.Count)
        {
            (Vector512.ShiftLeft(Vector512.Load(wide + i), packing.Shift) + Vector512.Load(wide + hessians + i)).Store(wide + i);
        }
    }

    /// <summary>Adds the source to the destination and clears the source.</summary>
    public static void Drain(long* source, long* destination, int length)
    {
        for (int i = 0; i < length; i += Vector512<long>.Count)
        {
            (Vector512.Load(destination + i) + Vector512.Load(source + i)).Store(destination + i);
            Vector512<long>.Zero.Store(source + i);
        }
    }

    public static void Subtract(long* from, long* what, int length)
    {
        for (int i = 0; i < length; i += Vector512<long>.Count)
        {
            (Vector512.Load(from + i) - Vector512.Load(what + i)).Store(from + i);
        }
    }

    /// <summary>Subtracts packed sums from wide ones.</summary>
    public static void SubtractPacked(long* wide, nint hessians, long* packed, int length, GradientPacking packing)
    {
        Vector512<long> mask = Vector512.Create(packing.Mask);
        for (int i = 0; i < length; i += Vector512<long>.Count)
        {
            Vector512<long> x = Vector512.Load(packed + i);
            (Vector512.Load(wide + i) - Vector512.ShiftRightArithmetic(x, packing.Shift)).Store(wide + i);
            (Vector512.Load(wide + hessians + i) - (x & mask)).Store(wide + hessians + i);
        }
    }

    private static void Pass(byte* bins, nint stride, uint* rows, int count, long* words, long* histogram, int columns)
    {
        switch (columns)
        {
            case 4: Pass<Columns4>(bins, stride, rows, rows + count, words, histogram); break;
            case 8: Pass<Columns8>(bins, stride, rows, rows + count, words, histogram); break;
            case 12: Pass<Columns12>(bins, stride, rows, rows + count, words, histogram); break;
            case 16: Pass<Columns16>(bins, stride, rows, rows + count, words, histogram); break;
            case 20: Pass<Columns20>(bins, stride, rows, rows + count, words, histogram); break;
            case 24: Pass<Columns24>(bins, stride, rows, rows + count, words, histogram); break;
            case 28: Pass<Columns28>(bins, stride, rows, rows + count, words, histogram); break;
            case 32: Pass<Columns32>(bins, stride, rows, rows + count, words, histogram); break;
            case 0: break;
            default: throw new ArgumentOutOfRangeException(nameof(columns), columns, "Columns come in multiples of four up to 32.");
        }
    }

    /// <summary>One load, add and store a column, unrolled: the comparisons with the constant count are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TColumns>(byte* bins, nint stride, uint* rows, uint* end, long* words, long* histogram)
        where TColumns : struct, IColumnCount
    {
        for (; rows < end; rows++)
        {
            if (Sse.IsSupported)
            {
                nint next = (nint)rows[Ahead];
                Sse.Prefetch0(bins + next * stride);
                Sse.Prefetch0(words + next);
            }

            nint row = (nint)(*rows);
            byte* p = bins + row * stride;
            long word = words[row];
            histogram[0 * BinsPerColumn + (nint)p[0]] += word;
            histogram[1 * BinsPerColumn + (nint)p[1]] += word;
            histogram[2 * BinsPerColumn + (nint)p[2]] += word;
            histogram[3 * BinsPerColumn + (nint)p[3]] += word;
            if (TColumns.Count > 4)
            {
                histogram[4 * BinsPerColumn + (nint)p[4]] += word;
                histogram[5 * BinsPerColumn + (nint)p[5]] += word;
                histogram[6 * BinsPerColumn + (nint)p[6]] += word;
                histogram[7 * BinsPerColumn + (nint)p[7]] += word;
            }

            if (TColumns.Count > 8)
            {
                histogram[8 * BinsPerColumn + (nint)p[8]] += word;
                histogram[9 * BinsPerColumn + (nint)p[9]] += word;
                histogram[10 * BinsPerColumn + (nint)p[10]] += word;
                histogram[11 * BinsPerColumn + (nint)p[11]] += word;
            }

            if (TColumns.Count > 12)
            {
                histogram[12 * BinsPerColumn + (nint)p[12]] += word;
                histogram[13 * BinsPerColumn + (nint)p[13]] += word;
                histogram[14 * BinsPerColumn + (nint)p[14]] += word;
                histogram[15 * BinsPerColumn + (nint)p[15]] += word;
            }

            if (TColumns.Count > 16)
            {
                histogram[16 * BinsPerColumn + (nint)p[16]] += word;
                histogram[17 * BinsPerColumn + (nint)p[17]] += word;
                histogram[18 * BinsPerColumn + (nint)p[18]] += word;
                histogram[19 * BinsPerColumn + (nint)p[19]] += word;
            }

            if (TColumns.Count > 20)
            {
                histogram[20 * BinsPerColumn + (nint)p[20]] += word;
                histogram[21 * BinsPerColumn + (nint)p[21]] += word;
                histogram[22 * BinsPerColumn + (nint)p[22]] += word;
                histogram[23 * BinsPerColumn + (nint)p[23]] += word;
            }

            if (TColumns.Count > 24)
            {
                histogram[24 * BinsPerColumn + (nint)p[24]] += word;
                histogram[25 * BinsPerColumn + (nint)p[25]] += word;
                histogram[26 * BinsPerColumn + (nint)p[26]] += word;
                histogram[27 * BinsPerColumn + (nint)p[27]] += word;
            }

            if (TColumns.Count > 28)
            {
                histogram[28 * BinsPerColumn + (nint)p[28]] += word;
                histogram[29 * BinsPerColumn + (nint)p[29]] += word;
                histogram[30 * BinsPerColumn + (nint)p[30]] += word;
                histogram[31 * BinsPerColumn + (nint)p[31]] += word;
            }
        }
    }

    private interface IColumnCount
    {
        static abstract int Count { get; }
    }

    private readonly struct Columns4 : IColumnCount
    {
        public static int Count => 4;
    }

    private readonly struct Columns8 : IColumnCount
    {
        public static int Count => 8;
    }

    private readonly struct Columns12 : IColumnCount
    {
        public static int Count => 12;
    }

    private readonly struct Columns16 : IColumnCount
    {
        public static int Count => 16;
    }

    private readonly struct Columns20 : IColumnCount
    {
        public static int Count => 20;
    }

    private readonly struct Columns24 : IColumnCount
    {
        public static int Count => 24;
    }

    private readonly struct Columns28 : IColumnCount
    {
        public static int Count => 28;
    }

    private readonly struct Columns32 : IColumnCount
    {
        public static int Count => 32;
    }
}
