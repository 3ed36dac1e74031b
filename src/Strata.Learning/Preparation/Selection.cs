using System.Buffers;

namespace Strata.Learning.Preparation;

/// <summary>Finds the k-th smallest number without sorting all (Hoare's quickselect with a median of three as pivot).</summary>
internal static class Selection
{
    private const int SampleSize = 256;

    /// <summary>The 0-based <paramref name="k"/>-th smallest of the values, which are reordered on the way; no NaN among them.</summary>
    public static double Smallest(Span<double> values, int k)
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            double pivot = MedianOfThree(values[left], values[left + (right - left) / 2], values[right]);
            int i = left, j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                right = j;
            }
            else if (k >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return values[k];
    }

    /// <summary>
    /// The 0-based <paramref name="k"/>-th smallest of the values and the one after it (the same for the last), without reordering them; no NaN among them.
    /// A sample brackets the place, and only what lies within is selected from (after Floyd and Rivest 1975).
    /// </summary>
    public static (double Value, double Next) Pair(ReadOnlySpan<double> values, int k)
    {
        int next = Math.Min(k + 1, values.Length - 1);
        (double low, double high) = Bracket(values, k);
        double[] within = ArrayPool<double>.Shared.Rent(values.Length + 1);
        int below = 0, count = 0;
        foreach (double value in values)
        {
            below += value < low ? 1 : 0;
            within[count] = value;
            count += (value >= low ? 1 : 0) & (value <= high ? 1 : 0);
        }

        if (k < below || next >= below + count)
        {
            values.CopyTo(within);
            (below, count) = (0, values.Length);
        }

        double found = Smallest(within.AsSpan(0, count), k - below), after = found;
        if (next > k)
        {
            // What lies behind a selected value is no smaller.
            after = double.PositiveInfinity;
            foreach (double value in within.AsSpan(k - below + 1, count - (k - below) - 1))
            {
                after = Math.Min(after, value);
            }
        }

        ArrayPool<double>.Shared.Return(within);
        return (found, after);
    }

    /// <summary>Two numbers between which the k-th smallest probably lies.</summary>
    private static (double Low, double High) Bracket(ReadOnlySpan<double> values, int k)
    {
        if (values.Length < 4 * SampleSize)
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        Span<double> sample = stackalloc double[SampleSize];
        for (int i = 0; i < SampleSize; i++)
        {
            sample[i] = values[(int)((long)i * values.Length / SampleSize)];
        }

        sample.Sort();
        int at = (int)((long)k * SampleSize / values.Length), reach = 4 + (int)(2 * Math.Sqrt(SampleSize));
        return (at < reach ? double.NegativeInfinity : sample[at - reach], at + reach >= SampleSize ? double.PositiveInfinity : sample[at + reach]);
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
