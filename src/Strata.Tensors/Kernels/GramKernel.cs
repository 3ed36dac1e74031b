using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>Adds the products of every two columns of a packed block to the lower triangle of a matrix, in register tiles of four by four columns.</summary>
public static class GramKernel
{
    private const int Width = 8;

    /// <param name="packed">Columns of <paramref name="rows"/> places each, one after another; as many as the matrix's stride.</param>
    /// <param name="rows">A multiple of eight; unused places are 0.</param>
    /// <param name="tileRow">Which four rows of the matrix.</param>
    /// <param name="into">The sums.</param>
    public static void Add(ReadOnlySpan<double> packed, int rows, int tileRow, SquareMatrix into)
    {
        ref double a = ref Unsafe.Add(ref MemoryMarshal.GetReference(packed), (nint)tileRow * 4 * rows);
        for (int tile = 0; tile <= tileRow; tile++)
        {
            ref double b = ref Unsafe.Add(ref MemoryMarshal.GetReference(packed), (nint)tile * 4 * rows);
            ref double sums = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(into.Values), (nint)tileRow * 4 * into.Stride + tile * 4);
            AddTile(ref a, ref b, rows, ref sums, into.Stride);
        }
    }

    private static void AddTile(ref double a, ref double b, int rows, ref double sums, int stride)
    {
        ref double a1 = ref Unsafe.Add(ref a, rows);
        ref double a2 = ref Unsafe.Add(ref a, 2 * rows);
        ref double a3 = ref Unsafe.Add(ref a, 3 * rows);
        ref double b1 = ref Unsafe.Add(ref b, rows);
        ref double b2 = ref Unsafe.Add(ref b, 2 * rows);
        ref double b3 = ref Unsafe.Add(ref b, 3 * rows);
        Vector512<double> s00 = Vector512<double>.Zero, s01 = s00, s02 = s00, s03 = s00;
        Vector512<double> s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        Vector512<double> s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        Vector512<double> s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        for (nuint i = 0; i < (nuint)rows; i += Width)
        {
            Vector512<double> y0 = Vector512.LoadUnsafe(ref b, i), y1 = Vector512.LoadUnsafe(ref b1, i), y2 = Vector512.LoadUnsafe(ref b2, i), y3 = Vector512.LoadUnsafe(ref b3, i);
            Vector512<double> x = Vector512.LoadUnsafe(ref a, i);
            s00 = Vector512.FusedMultiplyAdd(x, y0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, y1, s01);
            s02 = Vector512.FusedMultiplyAdd(x, y2, s02);
            s03 = Vector512.FusedMultiplyAdd(x, y3, s03);
            x = Vector512.LoadUnsafe(ref a1, i);
            s10 = Vector512.FusedMultiplyAdd(x, y0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, y1, s11);
            s12 = Vector512.FusedMultiplyAdd(x, y2, s12);
            s13 = Vector512.FusedMultiplyAdd(x, y3, s13);
            x = Vector512.LoadUnsafe(ref a2, i);
            s20 = Vector512.FusedMultiplyAdd(x, y0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, y1, s21);
            s22 = Vector512.FusedMultiplyAdd(x, y2, s22);
            s23 = Vector512.FusedMultiplyAdd(x, y3, s23);
            x = Vector512.LoadUnsafe(ref a3, i);
            s30 = Vector512.FusedMultiplyAdd(x, y0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, y1, s31);
            s32 = Vector512.FusedMultiplyAdd(x, y2, s32);
            s33 = Vector512.FusedMultiplyAdd(x, y3, s33);
        }

        AddRow(ref sums, s00, s01, s02, s03);
        AddRow(ref Unsafe.Add(ref sums, stride), s10, s11, s12, s13);
        AddRow(ref Unsafe.Add(ref sums, 2 * stride), s20, s21, s22, s23);
        AddRow(ref Unsafe.Add(ref sums, 3 * stride), s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ref double sums, Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3)
    {
        sums += Vector512.Sum(s0);
        Unsafe.Add(ref sums, 1) += Vector512.Sum(s1);
        Unsafe.Add(ref sums, 2) += Vector512.Sum(s2);
        Unsafe.Add(ref sums, 3) += Vector512.Sum(s3);
    }
}
