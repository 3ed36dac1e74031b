using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Vectors;

/// <summary>
/// The passes over all points in which the solver spends its time. With the residual r = t - Kβ of each point, its rise is r + up, what is won by raising its
/// coefficient a little (-∞ where it cannot be raised), and its fall r + down, what is lost by lowering it (+∞ where it cannot).
/// </summary>
internal static class PairSearch
{
    private const int Width = 8;

    /// <summary>Takes step (K_i - K_j) from the residuals; returns the point of the largest rise, that rise, and the smallest fall.</summary>
    public static (int At, double Rise, double Fall) Update(Span<double> residuals, double step, ReadOnlySpan<float> rowI, ReadOnlySpan<float> rowJ, ReadOnlySpan<double> up, ReadOnlySpan<double> down)
    {
        ref double r = ref MemoryMarshal.GetReference(residuals);
        ref float ki = ref MemoryMarshal.GetReference(rowI);
        ref float kj = ref MemoryMarshal.GetReference(rowJ);
        ref double plus = ref MemoryMarshal.GetReference(up);
        ref double minus = ref MemoryMarshal.GetReference(down);
        Vector512<double> steps = Vector512.Create(-step), most = Vector512.Create(double.NegativeInfinity), least = Vector512.Create(double.PositiveInfinity);
        Vector512<double> places = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), best = places, width = Vector512.Create((double)Width);
        for (nuint at = 0; at < (nuint)residuals.Length; at += Width)
        {
            Vector512<double> difference = Widen(ref ki, at) - Widen(ref kj, at);
            Vector512<double> residual = Vector512.FusedMultiplyAdd(steps, difference, Vector512.LoadUnsafe(ref r, at));
            residual.StoreUnsafe(ref r, at);
            Vector512<double> rise = residual + Vector512.LoadUnsafe(ref plus, at), isMore = Vector512.GreaterThan(rise, most);
            best = Vector512.ConditionalSelect(isMore, places, best);
            most = Vector512.ConditionalSelect(isMore, rise, most);
            least = Vector512.Min(least, residual + Vector512.LoadUnsafe(ref minus, at));
            places += width;
        }

        (int place, double largest) = Largest(most, best);
        double smallest = double.PositiveInfinity;
        for (int lane = 0; lane < Width; lane++)
        {
            smallest = Math.Min(smallest, least[lane]);
        }

        return (place, largest, smallest);
    }

    /// <summary>The partner that lowers the function most, to second order (Fan, Chen and Lin 2005): of the points whose fall is below the rise, the one with the largest (rise - fall)² / curvature; -1 for none.</summary>
    public static int Partner(double rise, double diagonalI, ReadOnlySpan<double> residuals, ReadOnlySpan<double> down, ReadOnlySpan<float> rowI, ReadOnlySpan<double> diagonal)
    {
        ref double r = ref MemoryMarshal.GetReference(residuals);
        ref float ki = ref MemoryMarshal.GetReference(rowI);
        ref double minus = ref MemoryMarshal.GetReference(down);
        ref double own = ref MemoryMarshal.GetReference(diagonal);
        Vector512<double> rises = Vector512.Create(rise), mine = Vector512.Create(diagonalI), two = Vector512.Create(-2.0), least = Vector512.Create(MarginSolver.LeastCurvature);
        Vector512<double> places = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), best = Vector512.Create(-1.0), most = Vector512<double>.Zero, width = Vector512.Create((double)Width);
        for (nuint at = 0; at < (nuint)residuals.Length; at += Width)
        {
            Vector512<double> gain = rises - (Vector512.LoadUnsafe(ref r, at) + Vector512.LoadUnsafe(ref minus, at));
            Vector512<double> curvature = Vector512.Max(Vector512.FusedMultiplyAdd(two, Widen(ref ki, at), mine + Vector512.LoadUnsafe(ref own, at)), least);
            Vector512<double> win = gain * gain / curvature;
            Vector512<double> isMore = Vector512.GreaterThan(gain, Vector512<double>.Zero) & Vector512.GreaterThan(win, most);
            best = Vector512.ConditionalSelect(isMore, places, best);
            most = Vector512.ConditionalSelect(isMore, win, most);
            places += width;
        }

        return Largest(most, best).Place;
    }

    private static Vector512<double> Widen(ref float from, nuint at) => Vector512.WidenLower(Vector256.LoadUnsafe(ref from, at).ToVector512Unsafe());

    /// <summary>The first place of the largest value.</summary>
    private static (int Place, double Value) Largest(Vector512<double> values, Vector512<double> places)
    {
        int lane = 0;
        for (int other = 1; other < Width; other++)
        {
            if (values[other] > values[lane] || (values[other] == values[lane] && places[other] < places[lane]))
            {
                lane = other;
            }
        }

        return ((int)places[lane], values[lane]);
    }
}
