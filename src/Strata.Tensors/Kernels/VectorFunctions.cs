using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Tensors.Kernels;

/// <summary>Functions of sixteen float32 numbers at once, exact to about two units in the last place.</summary>
internal static class VectorFunctions
{
    /// <summary>exp(x) by 2^n times a polynomial in what is left of x (Cody and Waite 1980). Held within the normal numbers: about 1e-38 below -87, 2e38 above 88.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // Adding and taking away 1.5 * 2^23 rounds to a whole number, which the sum's last bits hold. The bounds come first so that NaN stays NaN.
        const float rounding = 12_582_912;
        x = Vector512.MinNative(Vector512.Create(88.37f), Vector512.MaxNative(Vector512.Create(-87.33f), x));
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(rounding)), n = shifted - Vector512.Create(rounding);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693145752f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-1.42860677e-6f), r);
        Vector512<float> sum = Vector512.Create(1.39304355e-3f);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(8.33333377e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(4.16666679e-2f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.166666672f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<float>.One);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<float>.One);
        return (sum.AsInt32() + Vector512.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Logistic(Vector512<float> x) => Reciprocal(Vector512<float>.One + Exp(-x));

    /// <summary>From <c>exp(-2 |x|)</c>; near 0, where that loses digits, by the first terms of the series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> size = Vector512.Abs(x), e = Exp(size * Vector512.Create(-2f)), far = (Vector512<float>.One - e) * Reciprocal(Vector512<float>.One + e);
        Vector512<float> square = x * x, series = Vector512.Create(62f / 2835);
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(-17f / 315));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(2f / 15));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(-1f / 3));
        series = Vector512.FusedMultiplyAdd(series, square * x, x);
        return Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(0.3f)), series, Vector512.CopySign(far, x));
    }

    /// <summary>The chance that a standard normal number is below x, to about 3e-7 of itself, and the bell curve's exp(-x^2 / 2).</summary>
    /// <remarks>
    /// The tail beyond a = |x| is exp(-a^2 / 2) t p(t) with t = 1 / (1 + 0.3 a): the form of Hastings' approximations (Abramowitz and Stegun 26.2.16), with a polynomial p of ninth
    /// degree fitted for the least largest relative error, 4e-9 but for rounding.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NormalShare(Vector512<float> x, out Vector512<float> bell)
    {
        Vector512<float> size = Vector512.Abs(x), t = Reciprocal(Vector512.FusedMultiplyAdd(size, Vector512.Create(0.3f), Vector512<float>.One));

        // What the square loses by rounding would be felt far out.
        Vector512<float> square = x * x, lost = Vector512.FusedMultiplyAdd(x, x, -square);
        bell = Exp(square * Vector512.Create(-0.5f));
        bell = Vector512.FusedMultiplyAdd(bell * Vector512.Create(-0.5f), lost, bell);
        Vector512<float> sum = Vector512.Create(-0.02061307802796364f);
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.11237698793411255f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(-0.2280699759721756f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.19158440828323364f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(-0.07924908399581909f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.09605846554040909f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.07842547446489334f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.1102273166179657f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.11957284808158875f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.11968663334846497f));
        Vector512<float> tail = sum * t * bell;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail);
    }

    /// <summary>1 / x for x from 1 up: an estimate with one step of Newton's method where the processor has it, which is several times faster than dividing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Reciprocal(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512<float>.One / x;
        }

        Vector512<float> near = Avx512F.Reciprocal14(x);
        return near * Vector512.FusedMultiplyAdd(-x, near, Vector512.Create(2f));
    }
}
