using System.Buffers;
using System.Runtime.InteropServices;

namespace Strata.Learning.Trees.Binning;

/// <summary>Sorts numbers by their bits, eleven at a time, least significant first; digits in which all agree, such as those that single precision lacks, cost nothing.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11, Digits = 6, Buckets = 1 << DigitBits;

    /// <summary>Shorter lists are compared instead.</summary>
    private const int ShortList = 1024;

    /// <param name="values">Without NaN; sorted ascending in place, -0 before 0.</param>
    public static void Sort(Span<double> values)
    {
        if (values.Length < ShortList)
        {
            values.Sort();
            return;
        }

        ulong[] memory = ArrayPool<ulong>.Shared.Rent(values.Length);
        int[] counts = ArrayPool<int>.Shared.Rent(Digits * Buckets);
        Span<ulong> from = MemoryMarshal.Cast<double, ulong>(values), to = memory.AsSpan(0, values.Length);
        counts.AsSpan(0, Digits * Buckets).Clear();
        for (int i = 0; i < values.Length; i++)
        {
            ulong key = Key(values[i]);
            from[i] = key;
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[digit * Buckets + DigitOf(key, digit)]++;
            }
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> places = counts.AsSpan(digit * Buckets, Buckets);
            if (places[DigitOf(from[0], digit)] == values.Length)
            {
                continue;
            }

            int sum = 0;
            foreach (ref int place in places)
            {
                (place, sum) = (sum, sum + place);
            }

            foreach (ulong key in from)
            {
                to[places[DigitOf(key, digit)]++] = key;
            }

            Span<ulong> sorted = to;
            to = from;
            from = sorted;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value(from[i]);
        }

        ArrayPool<ulong>.Shared.Return(memory);
        ArrayPool<int>.Shared.Return(counts);
    }

    private static int DigitOf(ulong key, int digit) => (int)(key >> digit * DigitBits) & (Buckets - 1);

    /// <summary>Bits in the order of numbers: the sign bit turned for positive ones, all bits for negative ones.</summary>
    private static ulong Key(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return (ulong)(bits ^ (bits >> 63 | long.MinValue));
    }

    private static double Value(ulong key)
    {
        long bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits ^ (~bits >> 63 | long.MinValue));
    }
}
