using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>h = f(sum), f being tanh or max(., 0).</summary>
internal readonly unsafe struct PlainCell<TFunction> : ICell
    where TFunction : struct, ICellFunction
{
    public static int Sums => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in CellStep step)
    {
        CellStep s = step;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> h = TFunction.Of(Vector512.Load(s.Gates + q));
            h.Store(s.Gates + q);
            if (s.Active is not null)
            {
                h = Vector512.ConditionalSelect(Vector512.Load(s.Active + (q & (s.Lanes - 1))), h, Vector512.Load(s.Hidden + q));
            }

            h.Store(s.Hidden + q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back(in CellStep step)
    {
        CellStep s = step;
        for (nint q = 0; q < s.Count; q += Lanes.One)
        {
            Vector512<float> before = Vector512.Load(s.OfHidden + q), rest = Vector512<float>.Zero;
            Vector512<float> ofSum = (before + Vector512.Load(s.OfResult + q)) * TFunction.Slope(Vector512.Load(s.Gates + q));
            if (s.Active is not null)
            {
                Vector512<float> active = Vector512.Load(s.Active + (q & (s.Lanes - 1)));
                ofSum = Vector512.ConditionalSelect(active, ofSum, Vector512<float>.Zero);
                rest = Vector512.ConditionalSelect(active, rest, before);
            }

            ofSum.Store(s.OfSums + q);
            rest.Store(s.OfHidden + q);
        }
    }
}

internal interface ICellFunction
{
    static abstract Vector512<float> Of(Vector512<float> sum);

    /// <summary>Where the value is h.</summary>
    static abstract Vector512<float> Slope(Vector512<float> h);
}

internal readonly struct TanhCell : ICellFunction
{
    public static Vector512<float> Of(Vector512<float> sum) => VectorFunctions.Tanh(sum);

    public static Vector512<float> Slope(Vector512<float> h) => Vector512<float>.One - h * h;
}

internal readonly struct ReluCell : ICellFunction
{
    public static Vector512<float> Of(Vector512<float> sum) => Vector512.Max(sum, Vector512<float>.Zero);

    public static Vector512<float> Slope(Vector512<float> h) => Vector512.ConditionalSelect(Vector512.GreaterThan(h, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);
}
