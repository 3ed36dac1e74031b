using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Profiling;

/// <summary>Sorts numbers by their bits: six rounds of eleven bits each, from the lowest; a round in which all numbers have the same bits is left out.</summary>
internal static class NumberSort
{
    private const int DigitBits = 11;
    private const int Rounds = 6;
    private const int Buckets = 1 << DigitBits;
    private const int FewNumbers = 2048;
    private const ulong SignBit = 1UL << 63;

    /// <summary>The values of a column that are there, ascending.</summary>
    public static double[] Sorted(Column column)
    {
        if (column is SparseNumberColumn sparse)
        {
            return SortedEntries(sparse);
        }

        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        if (column.MissingCount > 0)
        {
            numbers = Array.FindAll(numbers, number => !double.IsNaN(number));
        }

        Sort(numbers);
        return numbers;
    }

    /// <summary>The entries in order, and the common value as often as it stands between them.</summary>
    private static double[] SortedEntries(SparseNumberColumn column)
    {
        double[] entries = Array.FindAll(column.Values, value => !double.IsNaN(value));
        Sort(entries);
        if (double.IsNaN(column.Common))
        {
            return entries;
        }

        var sorted = new double[entries.Length + column.Count - column.Rows.Length];
        int below = entries.Count(value => value < column.Common || (value == column.Common && double.IsNegative(value)));
        entries.AsSpan(0, below).CopyTo(sorted);
        sorted.AsSpan(below, column.Count - column.Rows.Length).Fill(column.Common);
        entries.AsSpan(below).CopyTo(sorted.AsSpan(sorted.Length - (entries.Length - below)));
        return sorted;
    }

    /// <summary>Sorts in place; none may be NaN. Minus zero comes before zero.</summary>
    public static void Sort(double[] numbers)
    {
        if (numbers.Length < FewNumbers)
        {
            Array.Sort(numbers);
            return;
        }

        Span<ulong> keys = MemoryMarshal.Cast<double, ulong>(numbers.AsSpan()), other = new ulong[numbers.Length];
        var counts = new int[Rounds * Buckets];
        foreach (ref ulong key in keys)
        {
            key ^= (key & SignBit) != 0 ? ulong.MaxValue : SignBit;
            for (int round = 0; round < Rounds; round++)
            {
                counts[round * Buckets + Digit(key, round)]++;
            }
        }

        for (int round = 0; round < Rounds; round++)
        {
            Span<int> starts = counts.AsSpan(round * Buckets, Buckets);
            if (starts[Digit(keys[0], round)] == keys.Length)
            {
                continue;
            }

            int start = 0;
            foreach (ref int count in starts)
            {
                (count, start) = (start, start + count);
            }

            foreach (ulong key in keys)
            {
                other[starts[Digit(key, round)]++] = key;
            }

            Span<ulong> sorted = other;
            other = keys;
            keys = sorted;
        }

        Span<ulong> destination = MemoryMarshal.Cast<double, ulong>(numbers.AsSpan());
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = keys[i] ^ ((keys[i] & SignBit) != 0 ? SignBit : ulong.MaxValue);
        }
    }

    private static int Digit(ulong key, int round) => (int)(key >> (round * DigitBits)) & (Buckets - 1);
}
