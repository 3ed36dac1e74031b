using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Products;

/// <summary>Products where one side is a single vector: nothing is used twice, so that they are as fast as the matrix can be read, if enough sums are under way at a time.</summary>
internal static unsafe class VectorProduct
{
    private const int Sums = 8;

    /// <summary>One row times a matrix: c = a b, or c += a b.</summary>
    /// <param name="a">The row.</param>
    /// <param name="aStep">Numbers from one of its elements to the next.</param>
    /// <param name="b">[depth, columns], columns side by side.</param>
    /// <param name="c">The result's row.</param>
    /// <param name="adds">Whether the sums are added to what is there.</param>
    public static void Row(float* a, nint aStep, MatrixView b, float* c, bool adds)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Row<Floats512, Vector512<float>>(a, aStep, b, c, adds);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Row<Floats256, Vector256<float>>(a, aStep, b, c, adds);
        }
        else
        {
            Row<Floats128, Vector128<float>>(a, aStep, b, c, adds);
        }
    }

    /// <summary>A matrix times one column: c = a b, or c += a b.</summary>
    /// <param name="a">[rows, depth], columns side by side.</param>
    /// <param name="b">The column, its elements side by side.</param>
    /// <param name="c">The result's column.</param>
    /// <param name="cStep">Numbers from one of its elements to the next.</param>
    /// <param name="adds">Whether the sums are added to what is there.</param>
    public static void Column(MatrixView a, float* b, float* c, nint cStep, bool adds)
    {
        for (int row = 0; row < a.Rows; row++, c += cStep)
        {
            float* one = a.Pointer + row * a.RowStep;
            float sum = Vector512.IsHardwareAccelerated ? Dot<Floats512, Vector512<float>>(one, b, a.Columns) : Vector256.IsHardwareAccelerated ? Dot<Floats256, Vector256<float>>(one, b, a.Columns) : Dot<Floats128, Vector128<float>>(one, b, a.Columns);
            *c = adds ? *c + sum : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TFloats, TVector>(float* a, nint aStep, MatrixView b, float* c, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
    {
        int column = 0, depth = b.Rows, n = TFloats.Count;
        for (; column + Sums * n <= b.Columns; column += Sums * n)
        {
            float* at = b.Pointer + column, x = a;
            TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (int k = 0; k < depth; k++, at += b.RowStep, x += aStep)
            {
                TVector one = TFloats.Create(*x);
                s0 = TFloats.MultiplyAdd(one, TFloats.Load(at), s0);
                s1 = TFloats.MultiplyAdd(one, TFloats.Load(at + n), s1);
                s2 = TFloats.MultiplyAdd(one, TFloats.Load(at + 2 * n), s2);
                s3 = TFloats.MultiplyAdd(one, TFloats.Load(at + 3 * n), s3);
                s4 = TFloats.MultiplyAdd(one, TFloats.Load(at + 4 * n), s4);
                s5 = TFloats.MultiplyAdd(one, TFloats.Load(at + 5 * n), s5);
                s6 = TFloats.MultiplyAdd(one, TFloats.Load(at + 6 * n), s6);
                s7 = TFloats.MultiplyAdd(one, TFloats.Load(at + 7 * n), s7);
            }

            float* to = c + column;
            Put<TFloats, TVector>(to, s0, adds);
            Put<TFloats, TVector>(to + n, s1, adds);
            Put<TFloats, TVector>(to + 2 * n, s2, adds);
            Put<TFloats, TVector>(to + 3 * n, s3, adds);
            Put<TFloats, TVector>(to + 4 * n, s4, adds);
            Put<TFloats, TVector>(to + 5 * n, s5, adds);
            Put<TFloats, TVector>(to + 6 * n, s6, adds);
            Put<TFloats, TVector>(to + 7 * n, s7, adds);
        }

        for (; column + n <= b.Columns; column += n)
        {
            float* at = b.Pointer + column, x = a;
            TVector sum = default;
            for (int k = 0; k < depth; k++, at += b.RowStep, x += aStep)
            {
                sum = TFloats.MultiplyAdd(TFloats.Create(*x), TFloats.Load(at), sum);
            }

            Put<TFloats, TVector>(c + column, sum, adds);
        }

        for (; column < b.Columns; column++)
        {
            float* at = b.Pointer + column, x = a;
            float sum = 0;
            for (int k = 0; k < depth; k++, at += b.RowStep, x += aStep)
            {
                sum += *x * *at;
            }

            c[column] = adds ? c[column] + sum : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot<TFloats, TVector>(float* a, float* b, int count)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0, n = TFloats.Count;
        for (; i + 4 * n <= count; i += 4 * n)
        {
            s0 = TFloats.MultiplyAdd(TFloats.Load(a + i), TFloats.Load(b + i), s0);
            s1 = TFloats.MultiplyAdd(TFloats.Load(a + i + n), TFloats.Load(b + i + n), s1);
            s2 = TFloats.MultiplyAdd(TFloats.Load(a + i + 2 * n), TFloats.Load(b + i + 2 * n), s2);
            s3 = TFloats.MultiplyAdd(TFloats.Load(a + i + 3 * n), TFloats.Load(b + i + 3 * n), s3);
        }

        for (; i + n <= count; i += n)
        {
            s0 = TFloats.MultiplyAdd(TFloats.Load(a + i), TFloats.Load(b + i), s0);
        }

        float sum = TFloats.Sum(TFloats.Add(TFloats.Add(s0, s1), TFloats.Add(s2, s3)));
        for (; i < count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TFloats, TVector>(float* c, TVector sum, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct => TFloats.Store(adds ? TFloats.Add(TFloats.Load(c), sum) : sum, c);
}
