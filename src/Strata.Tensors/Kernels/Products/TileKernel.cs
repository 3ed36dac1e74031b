using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Strata.Tensors.Kernels.Products;

/// <summary>
/// The innermost loop of a matrix product: a tile of some rows and one or two vectors of columns is kept in registers while the depth is walked. With 32 registers of 16 numbers
/// (AVX-512) a tile has up to 14 rows and 32 columns: 28 registers hold sums, and each loaded number is used 28 times. With 16 registers (AVX2) it has up to 6 rows.
/// </summary>
internal static unsafe class TileKernel
{
    /// <summary>Rows of the largest tile: as many as leave registers for the numbers that are multiplied.</summary>
    public static int MostRows => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported ? 14 : 6;

    /// <summary>Numbers of a register.</summary>
    public static int VectorColumns => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    public static int MostColumns => 2 * VectorColumns;

    /// <param name="rows">Rows of the tile, 1 to <see cref="MostRows"/>.</param>
    /// <param name="vectors">Vectors of columns, 1 or 2.</param>
    /// <param name="depth">How many products each sum has.</param>
    /// <param name="a">The left matrix: packed, for each step of the depth the numbers of the tile's rows; else where it lies, its columns side by side.</param>
    /// <param name="aStep">Numbers from one row to the next in <paramref name="a"/>; 0 where it is packed.</param>
    /// <param name="b">The right matrix: for each step of the depth the numbers of the tile's columns.</param>
    /// <param name="bStep">Numbers from one step to the next in <paramref name="b"/>.</param>
    /// <param name="c">The tile in the result.</param>
    /// <param name="cStep">Numbers from one row to the next in <paramref name="c"/>.</param>
    /// <param name="adds">Whether the sums are added to what is there.</param>
    public static void Run(int rows, int vectors, int depth, float* a, nint aStep, float* b, nint bStep, float* c, nint cStep, bool adds)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<Floats512, Vector512<float>>(rows, vectors, depth, a, aStep, b, bStep, c, cStep, adds);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<Floats256, Vector256<float>>(rows, vectors, depth, a, aStep, b, bStep, c, cStep, adds);
        }
        else
        {
            Run<Floats128, Vector128<float>>(rows, vectors, depth, a, aStep, b, bStep, c, cStep, adds);
        }
    }

    private static void Run<TFloats, TVector>(int rows, int vectors, int depth, float* a, nint aStep, float* b, nint bStep, float* c, nint cStep, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
    {
        if (aStep == 0)
        {
            if (vectors == 1)
            {
                Run<TFloats, TVector, Packed, OneVector>(rows, depth, a, aStep, b, bStep, c, cStep, adds);
            }
            else
            {
                Run<TFloats, TVector, Packed, TwoVectors>(rows, depth, a, aStep, b, bStep, c, cStep, adds);
            }
        }
        else if (vectors == 1)
        {
            Run<TFloats, TVector, InPlace, OneVector>(rows, depth, a, aStep, b, bStep, c, cStep, adds);
        }
        else
        {
            Run<TFloats, TVector, InPlace, TwoVectors>(rows, depth, a, aStep, b, bStep, c, cStep, adds);
        }
    }

    private static void Run<TFloats, TVector, TLeft, TVectors>(int rows, int depth, float* a, nint aStep, float* b, nint bStep, float* c, nint cStep, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TLeft : struct, ILeft
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 1: Tile<TFloats, TVector, TLeft, Rows1, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 2: Tile<TFloats, TVector, TLeft, Rows2, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 3: Tile<TFloats, TVector, TLeft, Rows3, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 4: Tile<TFloats, TVector, TLeft, Rows4, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 5: Tile<TFloats, TVector, TLeft, Rows5, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 6: Tile<TFloats, TVector, TLeft, Rows6, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 7: Tile<TFloats, TVector, TLeft, Rows7, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 8: Tile<TFloats, TVector, TLeft, Rows8, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 9: Tile<TFloats, TVector, TLeft, Rows9, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 10: Tile<TFloats, TVector, TLeft, Rows10, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 11: Tile<TFloats, TVector, TLeft, Rows11, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 12: Tile<TFloats, TVector, TLeft, Rows12, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 13: Tile<TFloats, TVector, TLeft, Rows13, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            case 14: Tile<TFloats, TVector, TLeft, Rows14, TVectors>(depth, a, aStep, b, bStep, c, cStep, adds); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A tile has 1 to {MostRows} rows.");
        }
    }

    /// <summary>The comparisons with constants are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TFloats, TVector, TLeft, TRows, TVectors>(int depth, float* a, nint step, float* b, nint bStep, float* c, nint cStep, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TLeft : struct, ILeft
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        TVector s0 = default, t0 = default;
        TVector s1 = default, t1 = default;
        TVector s2 = default, t2 = default;
        TVector s3 = default, t3 = default;
        TVector s4 = default, t4 = default;
        TVector s5 = default, t5 = default;
        TVector s6 = default, t6 = default;
        TVector s7 = default, t7 = default;
        TVector s8 = default, t8 = default;
        TVector s9 = default, t9 = default;
        TVector s10 = default, t10 = default;
        TVector s11 = default, t11 = default;
        TVector s12 = default, t12 = default;
        TVector s13 = default, t13 = default;

        // The result is asked for before it is needed: in large matrices it is in no cache.
        if (Sse.IsSupported && adds)
        {
            float* row = c;
            for (int i = 0; i < TRows.Value; i++, row += cStep)
            {
                Sse.Prefetch0(row);
                Sse.Prefetch0(row + MostColumns - 1);
            }
        }

        // Four rows apart, so that every row is one of four steps away from one of four places.
        nint step3 = 3 * step;
        float* a4 = a + 4 * step, a8 = a + 8 * step, a12 = a + 12 * step;
        for (; depth > 0; depth--)
        {
            TVector left = TFloats.Load(b), right = TVectors.Value > 1 ? TFloats.Load(b + TFloats.Count) : default, x = TFloats.Create(*a);
            s0 = TFloats.MultiplyAdd(x, left, s0);
            if (TVectors.Value > 1)
            {
                t0 = TFloats.MultiplyAdd(x, right, t0);
            }

            if (TRows.Value > 1)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[1] : *(a + step));
                s1 = TFloats.MultiplyAdd(x, left, s1);
                if (TVectors.Value > 1)
                {
                    t1 = TFloats.MultiplyAdd(x, right, t1);
                }
            }

            if (TRows.Value > 2)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[2] : *(a + 2 * step));
                s2 = TFloats.MultiplyAdd(x, left, s2);
                if (TVectors.Value > 1)
                {
                    t2 = TFloats.MultiplyAdd(x, right, t2);
                }
            }

            if (TRows.Value > 3)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[3] : *(a + step3));
                s3 = TFloats.MultiplyAdd(x, left, s3);
                if (TVectors.Value > 1)
                {
                    t3 = TFloats.MultiplyAdd(x, right, t3);
                }
            }

            if (TRows.Value > 4)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[4] : *a4);
                s4 = TFloats.MultiplyAdd(x, left, s4);
                if (TVectors.Value > 1)
                {
                    t4 = TFloats.MultiplyAdd(x, right, t4);
                }
            }

            if (TRows.Value > 5)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[5] : *(a4 + step));
                s5 = TFloats.MultiplyAdd(x, left, s5);
                if (TVectors.Value > 1)
                {
                    t5 = TFloats.MultiplyAdd(x, right, t5);
                }
            }

            if (TRows.Value > 6)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[6] : *(a4 + 2 * step));
                s6 = TFloats.MultiplyAdd(x, left, s6);
                if (TVectors.Value > 1)
                {
                    t6 = TFloats.MultiplyAdd(x, right, t6);
                }
            }

            if (TRows.Value > 7)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[7] : *(a4 + step3));
                s7 = TFloats.MultiplyAdd(x, left, s7);
                if (TVectors.Value > 1)
                {
                    t7 = TFloats.MultiplyAdd(x, right, t7);
                }
            }

            if (TRows.Value > 8)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[8] : *a8);
                s8 = TFloats.MultiplyAdd(x, left, s8);
                if (TVectors.Value > 1)
                {
                    t8 = TFloats.MultiplyAdd(x, right, t8);
                }
            }

            if (TRows.Value > 9)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[9] : *(a8 + step));
                s9 = TFloats.MultiplyAdd(x, left, s9);
                if (TVectors.Value > 1)
                {
                    t9 = TFloats.MultiplyAdd(x, right, t9);
                }
            }

            if (TRows.Value > 10)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[10] : *(a8 + 2 * step));
                s10 = TFloats.MultiplyAdd(x, left, s10);
                if (TVectors.Value > 1)
                {
                    t10 = TFloats.MultiplyAdd(x, right, t10);
                }
            }

            if (TRows.Value > 11)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[11] : *(a8 + step3));
                s11 = TFloats.MultiplyAdd(x, left, s11);
                if (TVectors.Value > 1)
                {
                    t11 = TFloats.MultiplyAdd(x, right, t11);
                }
            }

            if (TRows.Value > 12)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[12] : *a12);
                s12 = TFloats.MultiplyAdd(x, left, s12);
                if (TVectors.Value > 1)
                {
                    t12 = TFloats.MultiplyAdd(x, right, t12);
                }
            }

            if (TRows.Value > 13)
            {
                x = TFloats.Create(TLeft.IsPacked ? a[13] : *(a12 + step));
                s13 = TFloats.MultiplyAdd(x, left, s13);
                if (TVectors.Value > 1)
                {
                    t13 = TFloats.MultiplyAdd(x, right, t13);
                }
            }

            b += bStep;
            if (TLeft.IsPacked)
            {
                a += TRows.Value;
                continue;
            }

            a++;
            a4++;
            a8++;
            a12++;
        }

        Put<TFloats, TVector, TVectors>(c, s0, t0, adds);
        if (TRows.Value > 1)
        {
            Put<TFloats, TVector, TVectors>(c + 1 * cStep, s1, t1, adds);
        }

        if (TRows.Value > 2)
        {
            Put<TFloats, TVector, TVectors>(c + 2 * cStep, s2, t2, adds);
        }

        if (TRows.Value > 3)
        {
            Put<TFloats, TVector, TVectors>(c + 3 * cStep, s3, t3, adds);
        }

        if (TRows.Value > 4)
        {
            Put<TFloats, TVector, TVectors>(c + 4 * cStep, s4, t4, adds);
        }

        if (TRows.Value > 5)
        {
            Put<TFloats, TVector, TVectors>(c + 5 * cStep, s5, t5, adds);
        }

        if (TRows.Value > 6)
        {
            Put<TFloats, TVector, TVectors>(c + 6 * cStep, s6, t6, adds);
        }

        if (TRows.Value > 7)
        {
            Put<TFloats, TVector, TVectors>(c + 7 * cStep, s7, t7, adds);
        }

        if (TRows.Value > 8)
        {
            Put<TFloats, TVector, TVectors>(c + 8 * cStep, s8, t8, adds);
        }

        if (TRows.Value > 9)
        {
            Put<TFloats, TVector, TVectors>(c + 9 * cStep, s9, t9, adds);
        }

        if (TRows.Value > 10)
        {
            Put<TFloats, TVector, TVectors>(c + 10 * cStep, s10, t10, adds);
        }

        if (TRows.Value > 11)
        {
            Put<TFloats, TVector, TVectors>(c + 11 * cStep, s11, t11, adds);
        }

        if (TRows.Value > 12)
        {
            Put<TFloats, TVector, TVectors>(c + 12 * cStep, s12, t12, adds);
        }

        if (TRows.Value > 13)
        {
            Put<TFloats, TVector, TVectors>(c + 13 * cStep, s13, t13, adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TFloats, TVector, TVectors>(float* c, TVector left, TVector right, bool adds)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TVectors : struct, ICount
    {
        if (adds)
        {
            left = TFloats.Add(left, TFloats.Load(c));
            right = TVectors.Value > 1 ? TFloats.Add(right, TFloats.Load(c + TFloats.Count)) : right;
        }

        TFloats.Store(left, c);
        if (TVectors.Value > 1)
        {
            TFloats.Store(right, c + TFloats.Count);
        }
    }

    private interface ILeft
    {
        static abstract bool IsPacked { get; }
    }

    private readonly struct Packed : ILeft
    {
        public static bool IsPacked => true;
    }

    private readonly struct InPlace : ILeft
    {
        public static bool IsPacked => false;
    }
}
