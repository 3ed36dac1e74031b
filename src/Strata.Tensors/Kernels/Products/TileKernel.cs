using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Products;

/// <summary>
/// The innermost loop of a matrix product: a tile of up to 14 rows and one or two vectors of 16 columns is kept in registers while the depth is walked. With two
/// vectors 28 of 32 registers hold sums, so that each loaded number is used 28 times.
/// </summary>
internal static unsafe class TileKernel
{
    public const int MostRows = 14, VectorColumns = 16, MostColumns = 2 * VectorColumns;

    /// <param name="rows">Rows of the tile, 1 to <see cref="MostRows"/>.</param>
    /// <param name="vectors">Vectors of 16 columns, 1 or 2.</param>
    /// <param name="depth">How many products each sum has.</param>
    /// <param name="a">The left matrix, packed: for each step of the depth the numbers of the tile's rows.</param>
    /// <param name="b">The right matrix: for each step of the depth the numbers of the tile's columns.</param>
    /// <param name="bStep">Numbers from one step to the next in <paramref name="b"/>.</param>
    /// <param name="c">The tile in the result.</param>
    /// <param name="cStep">Numbers from one row to the next in <paramref name="c"/>.</param>
    /// <param name="adds">Whether the sums are added to what is there.</param>
    public static void Run(int rows, int vectors, int depth, float* a, float* b, nint bStep, float* c, nint cStep, bool adds)
    {
        if (vectors == 1)
        {
            Run<OneVector>(rows, depth, a, b, bStep, c, cStep, adds);
        }
        else
        {
            Run<TwoVectors>(rows, depth, a, b, bStep, c, cStep, adds);
        }
    }

    private static void Run<TVectors>(int rows, int depth, float* a, float* b, nint bStep, float* c, nint cStep, bool adds)
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 1: Tile<Rows1, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 2: Tile<Rows2, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 3: Tile<Rows3, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 4: Tile<Rows4, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 5: Tile<Rows5, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 6: Tile<Rows6, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 7: Tile<Rows7, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 8: Tile<Rows8, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 9: Tile<Rows9, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 10: Tile<Rows10, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 11: Tile<Rows11, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 12: Tile<Rows12, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 13: Tile<Rows13, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            case 14: Tile<Rows14, TVectors>(depth, a, b, bStep, c, cStep, adds); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 14 rows.");
        }
    }

    /// <summary>The comparisons with constant counts are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TVectors>(int depth, float* a, float* b, nint bStep, float* c, nint cStep, bool adds)
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        Vector512<float> s0 = Vector512<float>.Zero, t0 = Vector512<float>.Zero;
        Vector512<float> s1 = Vector512<float>.Zero, t1 = Vector512<float>.Zero;
        Vector512<float> s2 = Vector512<float>.Zero, t2 = Vector512<float>.Zero;
        Vector512<float> s3 = Vector512<float>.Zero, t3 = Vector512<float>.Zero;
        Vector512<float> s4 = Vector512<float>.Zero, t4 = Vector512<float>.Zero;
        Vector512<float> s5 = Vector512<float>.Zero, t5 = Vector512<float>.Zero;
        Vector512<float> s6 = Vector512<float>.Zero, t6 = Vector512<float>.Zero;
        Vector512<float> s7 = Vector512<float>.Zero, t7 = Vector512<float>.Zero;
        Vector512<float> s8 = Vector512<float>.Zero, t8 = Vector512<float>.Zero;
        Vector512<float> s9 = Vector512<float>.Zero, t9 = Vector512<float>.Zero;
        Vector512<float> s10 = Vector512<float>.Zero, t10 = Vector512<float>.Zero;
        Vector512<float> s11 = Vector512<float>.Zero, t11 = Vector512<float>.Zero;
        Vector512<float> s12 = Vector512<float>.Zero, t12 = Vector512<float>.Zero;
        Vector512<float> s13 = Vector512<float>.Zero, t13 = Vector512<float>.Zero;
        for (; depth > 0; depth--)
        {
            Vector512<float> left = Vector512.Load(b), right = TVectors.Value > 1 ? Vector512.Load(b + VectorColumns) : Vector512<float>.Zero, x = Vector512.Create(a[0]);
            s0 = Vector512.FusedMultiplyAdd(x, left, s0);
            if (TVectors.Value > 1)
            {
                t0 = Vector512.FusedMultiplyAdd(x, right, t0);
            }

            if (TRows.Value > 1)
            {
                x = Vector512.Create(a[1]);
                s1 = Vector512.FusedMultiplyAdd(x, left, s1);
                if (TVectors.Value > 1)
                {
                    t1 = Vector512.FusedMultiplyAdd(x, right, t1);
                }
            }

            if (TRows.Value > 2)
            {
                x = Vector512.Create(a[2]);
                s2 = Vector512.FusedMultiplyAdd(x, left, s2);
                if (TVectors.Value > 1)
                {
                    t2 = Vector512.FusedMultiplyAdd(x, right, t2);
                }
            }

            if (TRows.Value > 3)
            {
                x = Vector512.Create(a[3]);
                s3 = Vector512.FusedMultiplyAdd(x, left, s3);
                if (TVectors.Value > 1)
                {
                    t3 = Vector512.FusedMultiplyAdd(x, right, t3);
                }
            }

            if (TRows.Value > 4)
            {
                x = Vector512.Create(a[4]);
                s4 = Vector512.FusedMultiplyAdd(x, left, s4);
                if (TVectors.Value > 1)
                {
                    t4 = Vector512.FusedMultiplyAdd(x, right, t4);
                }
            }

            if (TRows.Value > 5)
            {
                x = Vector512.Create(a[5]);
                s5 = Vector512.FusedMultiplyAdd(x, left, s5);
                if (TVectors.Value > 1)
                {
                    t5 = Vector512.FusedMultiplyAdd(x, right, t5);
                }
            }

            if (TRows.Value > 6)
            {
                x = Vector512.Create(a[6]);
                s6 = Vector512.FusedMultiplyAdd(x, left, s6);
                if (TVectors.Value > 1)
                {
                    t6 = Vector512.FusedMultiplyAdd(x, right, t6);
                }
            }

            if (TRows.Value > 7)
            {
                x = Vector512.Create(a[7]);
                s7 = Vector512.FusedMultiplyAdd(x, left, s7);
                if (TVectors.Value > 1)
                {
                    t7 = Vector512.FusedMultiplyAdd(x, right, t7);
                }
            }

            if (TRows.Value > 8)
            {
                x = Vector512.Create(a[8]);
                s8 = Vector512.FusedMultiplyAdd(x, left, s8);
                if (TVectors.Value > 1)
                {
                    t8 = Vector512.FusedMultiplyAdd(x, right, t8);
                }
            }

            if (TRows.Value > 9)
            {
                x = Vector512.Create(a[9]);
                s9 = Vector512.FusedMultiplyAdd(x, left, s9);
                if (TVectors.Value > 1)
                {
                    t9 = Vector512.FusedMultiplyAdd(x, right, t9);
                }
            }

            if (TRows.Value > 10)
            {
                x = Vector512.Create(a[10]);
                s10 = Vector512.FusedMultiplyAdd(x, left, s10);
                if (TVectors.Value > 1)
                {
                    t10 = Vector512.FusedMultiplyAdd(x, right, t10);
                }
            }

            if (TRows.Value > 11)
            {
                x = Vector512.Create(a[11]);
                s11 = Vector512.FusedMultiplyAdd(x, left, s11);
                if (TVectors.Value > 1)
                {
                    t11 = Vector512.FusedMultiplyAdd(x, right, t11);
                }
            }

            if (TRows.Value > 12)
            {
                x = Vector512.Create(a[12]);
                s12 = Vector512.FusedMultiplyAdd(x, left, s12);
                if (TVectors.Value > 1)
                {
                    t12 = Vector512.FusedMultiplyAdd(x, right, t12);
                }
            }

            if (TRows.Value > 13)
            {
                x = Vector512.Create(a[13]);
                s13 = Vector512.FusedMultiplyAdd(x, left, s13);
                if (TVectors.Value > 1)
                {
                    t13 = Vector512.FusedMultiplyAdd(x, right, t13);
                }
            }

            a += TRows.Value;
            b += bStep;
        }

        Put<TVectors>(c, s0, t0, adds);
        if (TRows.Value > 1)
        {
            Put<TVectors>(c + 1 * cStep, s1, t1, adds);
        }

        if (TRows.Value > 2)
        {
            Put<TVectors>(c + 2 * cStep, s2, t2, adds);
        }

        if (TRows.Value > 3)
        {
            Put<TVectors>(c + 3 * cStep, s3, t3, adds);
        }

        if (TRows.Value > 4)
        {
            Put<TVectors>(c + 4 * cStep, s4, t4, adds);
        }

        if (TRows.Value > 5)
        {
            Put<TVectors>(c + 5 * cStep, s5, t5, adds);
        }

        if (TRows.Value > 6)
        {
            Put<TVectors>(c + 6 * cStep, s6, t6, adds);
        }

        if (TRows.Value > 7)
        {
            Put<TVectors>(c + 7 * cStep, s7, t7, adds);
        }

        if (TRows.Value > 8)
        {
            Put<TVectors>(c + 8 * cStep, s8, t8, adds);
        }

        if (TRows.Value > 9)
        {
            Put<TVectors>(c + 9 * cStep, s9, t9, adds);
        }

        if (TRows.Value > 10)
        {
            Put<TVectors>(c + 10 * cStep, s10, t10, adds);
        }

        if (TRows.Value > 11)
        {
            Put<TVectors>(c + 11 * cStep, s11, t11, adds);
        }

        if (TRows.Value > 12)
        {
            Put<TVectors>(c + 12 * cStep, s12, t12, adds);
        }

        if (TRows.Value > 13)
        {
            Put<TVectors>(c + 13 * cStep, s13, t13, adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TVectors>(float* c, Vector512<float> left, Vector512<float> right, bool adds)
        where TVectors : struct, ICount
    {
        if (adds)
        {
            left += Vector512.Load(c);
            right += TVectors.Value > 1 ? Vector512.Load(c + VectorColumns) : Vector512<float>.Zero;
        }

        left.Store(c);
        if (TVectors.Value > 1)
        {
            right.Store(c + VectorColumns);
        }
    }

    private interface ICount
    {
        static abstract int Value { get; }
    }

    private readonly struct OneVector : ICount
    {
        public static int Value => 1;
    }

    private readonly struct TwoVectors : ICount
    {
        public static int Value => 2;
    }

    private readonly struct Rows1 : ICount
    {
        public static int Value => 1;
    }

    private readonly struct Rows2 : ICount
    {
        public static int Value => 2;
    }

    private readonly struct Rows3 : ICount
    {
        public static int Value => 3;
    }

    private readonly struct Rows4 : ICount
    {
        public static int Value => 4;
    }

    private readonly struct Rows5 : ICount
    {
        public static int Value => 5;
    }

    private readonly struct Rows6 : ICount
    {
        public static int Value => 6;
    }

    private readonly struct Rows7 : ICount
    {
        public static int Value => 7;
    }

    private readonly struct Rows8 : ICount
    {
        public static int Value => 8;
    }

    private readonly struct Rows9 : ICount
    {
        public static int Value => 9;
    }

    private readonly struct Rows10 : ICount
    {
        public static int Value => 10;
    }

    private readonly struct Rows11 : ICount
    {
        public static int Value => 11;
    }

    private readonly struct Rows12 : ICount
    {
        public static int Value => 12;
    }

    private readonly struct Rows13 : ICount
    {
        public static int Value => 13;
    }

    private readonly struct Rows14 : ICount
    {
        public static int Value => 14;
    }
}
