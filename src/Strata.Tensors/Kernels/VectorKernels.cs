using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>The loops over one or two vectors that solvers share.</summary>
public static class VectorKernels
{
    private const int Width = 8;

    /// <summary>The sum of a[i] * b[i].</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        int i = 0;
        for (; i <= a.Length - 4 * Width; i += 4 * Width)
        {
            s0 = Vector512.FusedMultiplyAdd(Load(ref x, i), Load(ref y, i), s0);
            s1 = Vector512.FusedMultiplyAdd(Load(ref x, i + Width), Load(ref y, i + Width), s1);
            s2 = Vector512.FusedMultiplyAdd(Load(ref x, i + 2 * Width), Load(ref y, i + 2 * Width), s2);
            s3 = Vector512.FusedMultiplyAdd(Load(ref x, i + 3 * Width), Load(ref y, i + 3 * Width), s3);
        }

        double sum = Vector512.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>y[i] += factor * x[i].</summary>
    public static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y);
        Vector512<double> f = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            Vector512.FusedMultiplyAdd(f, Load(ref from, i), Load(ref to, i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double from, int at) => Vector512.LoadUnsafe(ref from, (nuint)at);
}
