using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Trees.Binning;

/// <summary>Finds the bins of many numbers by a two-level vector search: which sixteenth of the cuts, then where in it.</summary>
internal static unsafe class BinSearch
{
    /// <summary>Cuts padded to this length by infinities.</summary>
    private const int Width = 256, Fan = 16;

    /// <summary>Whether the vector search is faster than halving on this machine.</summary>
    private static bool IsVectorised => Vector256.IsHardwareAccelerated;

    public static void Numbers(FeatureBins bins, ReadOnlySpan<double> values, byte* destination)
    {
        if (!IsVectorised)
        {
            Reference(bins, values, destination);
            return;
        }

        double* cuts = stackalloc double[Width];
        double* pivots = stackalloc double[Fan];
        new Span<double>(cuts, Width).Fill(double.PositiveInfinity);
        bins.Cuts.CopyTo(new Span<double>(cuts, Width));
        for (int i = 0; i < Fan; i++)
        {
            pivots[i] = cuts[i * Fan + Fan - 1];
        }

        Vector512<double> low = Vector512.Load(pivots), high = Vector512.Load(pivots + 8);
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            Vector512<double> x = Vector512.Create(value);
            int coarse = Count(Vector512.LessThan(low, x)) + Count(Vector512.LessThan(high, x));
            double* cell = cuts + coarse * Fan;
            int fine = Count(Vector512.LessThan(Vector512.Load(cell), x)) + Count(Vector512.LessThan(Vector512.Load(cell + 8), x));
            destination[i] = double.IsNaN(value) ? (byte)0 : (byte)(coarse * Fan + fine + 1);
        }
    }

    /// <summary>Single-precision values against cuts rounded down to single precision, which no such value can tell from the cuts themselves.</summary>
    public static void Numbers(FeatureBins bins, ReadOnlySpan<float> values, byte* destination)
    {
        if (!IsVectorised)
        {
            for (int i = 0; i < values.Length; i++)
            {
                destination[i] = bins.BinOf(values[i]);
            }

            return;
        }

        if (bins.Cuts.Length <= 1)
        {
            TwoBins(bins.Cuts.Length == 0 ? float.PositiveInfinity : RoundedDown(bins.Cuts[0]), values, destination);
            return;
        }

        float* cuts = stackalloc float[Width];
        float* pivots = stackalloc float[Fan];
        for (int i = 0; i < Width; i++)
        {
            cuts[i] = i < bins.Cuts.Length ? RoundedDown(bins.Cuts[i]) : float.PositiveInfinity;
        }

        for (int i = 0; i < Fan; i++)
        {
            pivots[i] = cuts[i * Fan + Fan - 1];
        }

        Vector512<float> all = Vector512.Load(pivots);
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            Vector512<float> x = Vector512.Create(value);
            int coarse = Count(Vector512.LessThan(all, x));
            int fine = Count(Vector512.LessThan(Vector512.Load(cuts + coarse * Fan), x));
            destination[i] = float.IsNaN(value) ? (byte)0 : (byte)(coarse * Fan + fine + 1);
        }
    }

    /// <summary>At most one cut, as one-hot codes have: sixteen comparisons at a time.</summary>
    private static void TwoBins(float cut, ReadOnlySpan<float> values, byte* destination)
    {
        int i = 0;
        Vector512<float> cuts = Vector512.Create(cut);
        for (; i + 64 <= values.Length; i += 64)
        {
            Vector512.Narrow(
                Vector512.Narrow(Bins(values[i..], cuts), Bins(values[(i + 16)..], cuts)),
                Vector512.Narrow(Bins(values[(i + 32)..], cuts), Bins(values[(i + 48)..], cuts))).Store(destination + i);
        }

        for (; i < values.Length; i++)
        {
            destination[i] = float.IsNaN(values[i]) ? (byte)0 : values[i] > cut ? (byte)2 : (byte)1;
        }

        static Vector512<uint> Bins(ReadOnlySpan<float> values, Vector512<float> cuts)
        {
            Vector512<float> x = Vector512.Create(values);
            return (Vector512<uint>.One - Vector512.GreaterThan(x, cuts).AsUInt32()) & Vector512.Equals(x, x).AsUInt32();
        }
    }

    /// <summary>One value after the other, by halving: the oracle of the vector searches.</summary>
    public static void Reference(FeatureBins bins, ReadOnlySpan<double> values, byte* destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = bins.BinOf(values[i]);
        }
    }

    private static int Count<T>(Vector512<T> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());

    private static float RoundedDown(double value)
    {
        float rounded = (float)value;
        return rounded > value ? float.BitDecrement(rounded) : rounded;
    }
}
