using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>How the sums of a tile run: over segments (taps of a kernel, or rows of an image), and in each over a depth.</summary>
internal unsafe struct TapWalk
{
    /// <summary>How many segments, and how many products each has.</summary>
    public int Segments, Depth;

    /// <summary>Where each segment begins on the left and on the right.</summary>
    public nint* LeftOffsets, RightOffsets;

    /// <summary>Numbers on the left from one row of the tile to the next, and from one step of the depth to the next.</summary>
    public nint LeftRowStep, LeftDepthStep;

    /// <summary>Numbers on the right from one step of the depth to the next.</summary>
    public nint RightDepthStep;
}

/// <summary>
/// The innermost loop of a convolution: a tile of up to 14 rows (places) and one or two vectors of 16 columns (channels) is kept in registers while taps and channels are
/// walked. The left side is read where it lies, since its rows overlap: nothing is unfolded in memory.
/// </summary>
internal static unsafe class TapKernel
{
    public const int MostRows = 14, VectorColumns = 16, MostColumns = 2 * VectorColumns;

    /// <param name="rows">Rows of the tile, 1 to <see cref="MostRows"/>.</param>
    /// <param name="vectors">Vectors of 16 columns, 1 or 2.</param>
    /// <param name="walk">How the sums run.</param>
    /// <param name="left">The tile's first row on the left.</param>
    /// <param name="right">The tile's first column on the right.</param>
    /// <param name="result">The tile in the result.</param>
    /// <param name="resultStep">Numbers from one row of the result to the next.</param>
    /// <param name="start">What sums begin with, such as a bias or the result itself; null for zeros.</param>
    /// <param name="startStep">Numbers from one row of <paramref name="start"/> to the next.</param>
    public static void Run(int rows, int vectors, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
    {
        if (vectors == 1)
        {
            Run<OneVector>(rows, walk, left, right, result, resultStep, start, startStep);
        }
        else
        {
            Run<TwoVectors>(rows, walk, left, right, result, resultStep, start, startStep);
        }
    }

    private static void Run<TVectors>(int rows, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 1: Tile<Rows1, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 2: Tile<Rows2, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 3: Tile<Rows3, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 4: Tile<Rows4, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 5: Tile<Rows5, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 6: Tile<Rows6, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 7: Tile<Rows7, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 8: Tile<Rows8, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 9: Tile<Rows9, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 10: Tile<Rows10, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 11: Tile<Rows11, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 12: Tile<Rows12, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 13: Tile<Rows13, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 14: Tile<Rows14, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 14 rows.");
        }
    }

    /// <summary>The comparisons with constant counts are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TVectors>(in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
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
        nint rowStep = walk.LeftRowStep, twoRows = 2 * rowStep, depthStep = walk.LeftDepthStep, rightStep = walk.RightDepthStep;
        for (int segment = 0; segment < walk.Segments; segment++)
        {
            // Every third row has a pointer of its own: more would not fit the registers.
            float* a0 = left + walk.LeftOffsets[segment], a3 = a0 + rowStep + twoRows, a6 = a3 + rowStep + twoRows, a9 = a6 + rowStep + twoRows, a12 = a9 + rowStep + twoRows;
            float* b = right + walk.RightOffsets[segment];
            for (int depth = walk.Depth; depth > 0; depth--)
            {
                Vector512<float> even = Vector512.Load(b), odd = TVectors.Value > 1 ? Vector512.Load(b + VectorColumns) : Vector512<float>.Zero, x;
                x = Vector512.Create(a0[0]);
                s0 = Vector512.FusedMultiplyAdd(x, even, s0);
                if (TVectors.Value > 1)
                {
                    t0 = Vector512.FusedMultiplyAdd(x, odd, t0);
                }

                if (TRows.Value > 1)
                {
                    x = Vector512.Create(a0[rowStep]);
                    s1 = Vector512.FusedMultiplyAdd(x, even, s1);
                    if (TVectors.Value > 1)
                    {
                        t1 = Vector512.FusedMultiplyAdd(x, odd, t1);
                    }
                }

                if (TRows.Value > 2)
                {
                    x = Vector512.Create(a0[twoRows]);
                    s2 = Vector512.FusedMultiplyAdd(x, even, s2);
                    if (TVectors.Value > 1)
                    {
                        t2 = Vector512.FusedMultiplyAdd(x, odd, t2);
                    }
                }

                if (TRows.Value > 3)
                {
                    x = Vector512.Create(a3[0]);
                    s3 = Vector512.FusedMultiplyAdd(x, even, s3);
                    if (TVectors.Value > 1)
                    {
                        t3 = Vector512.FusedMultiplyAdd(x, odd, t3);
                    }
                }

                if (TRows.Value > 4)
                {
                    x = Vector512.Create(a3[rowStep]);
                    s4 = Vector512.FusedMultiplyAdd(x, even, s4);
                    if (TVectors.Value > 1)
                    {
                        t4 = Vector512.FusedMultiplyAdd(x, odd, t4);
                    }
                }

                if (TRows.Value > 5)
                {
                    x = Vector512.Create(a3[twoRows]);
                    s5 = Vector512.FusedMultiplyAdd(x, even, s5);
                    if (TVectors.Value > 1)
                    {
                        t5 = Vector512.FusedMultiplyAdd(x, odd, t5);
                    }
                }

                if (TRows.Value > 6)
                {
                    x = Vector512.Create(a6[0]);
                    s6 = Vector512.FusedMultiplyAdd(x, even, s6);
                    if (TVectors.Value > 1)
                    {
                        t6 = Vector512.FusedMultiplyAdd(x, odd, t6);
                    }
                }

                if (TRows.Value > 7)
                {
                    x = Vector512.Create(a6[rowStep]);
                    s7 = Vector512.FusedMultiplyAdd(x, even, s7);
                    if (TVectors.Value > 1)
                    {
                        t7 = Vector512.FusedMultiplyAdd(x, odd, t7);
                    }
                }

                if (TRows.Value > 8)
                {
                    x = Vector512.Create(a6[twoRows]);
                    s8 = Vector512.FusedMultiplyAdd(x, even, s8);
                    if (TVectors.Value > 1)
                    {
                        t8 = Vector512.FusedMultiplyAdd(x, odd, t8);
                    }
                }

                if (TRows.Value > 9)
                {
                    x = Vector512.Create(a9[0]);
                    s9 = Vector512.FusedMultiplyAdd(x, even, s9);
                    if (TVectors.Value > 1)
                    {
                        t9 = Vector512.FusedMultiplyAdd(x, odd, t9);
                    }
                }

                if (TRows.Value > 10)
                {
                    x = Vector512.Create(a9[rowStep]);
                    s10 = Vector512.FusedMultiplyAdd(x, even, s10);
                    if (TVectors.Value > 1)
                    {
                        t10 = Vector512.FusedMultiplyAdd(x, odd, t10);
                    }
                }

                if (TRows.Value > 11)
                {
                    x = Vector512.Create(a9[twoRows]);
                    s11 = Vector512.FusedMultiplyAdd(x, even, s11);
                    if (TVectors.Value > 1)
                    {
                        t11 = Vector512.FusedMultiplyAdd(x, odd, t11);
                    }
                }

                if (TRows.Value > 12)
                {
                    x = Vector512.Create(a12[0]);
                    s12 = Vector512.FusedMultiplyAdd(x, even, s12);
                    if (TVectors.Value > 1)
                    {
                        t12 = Vector512.FusedMultiplyAdd(x, odd, t12);
                    }
                }

                if (TRows.Value > 13)
                {
                    x = Vector512.Create(a12[rowStep]);
                    s13 = Vector512.FusedMultiplyAdd(x, even, s13);
                    if (TVectors.Value > 1)
                    {
                        t13 = Vector512.FusedMultiplyAdd(x, odd, t13);
                    }
                }

                a0 += depthStep;
                a3 += depthStep;
                a6 += depthStep;
                a9 += depthStep;
                a12 += depthStep;
                b += rightStep;
            }
        }

        Put<TVectors>(result, s0, t0, start);
        if (TRows.Value > 1)
        {
            Put<TVectors>(result + 1 * resultStep, s1, t1, start is null ? null : start + 1 * startStep);
        }

        if (TRows.Value > 2)
        {
            Put<TVectors>(result + 2 * resultStep, s2, t2, start is null ? null : start + 2 * startStep);
        }

        if (TRows.Value > 3)
        {
            Put<TVectors>(result + 3 * resultStep, s3, t3, start is null ? null : start + 3 * startStep);
        }

        if (TRows.Value > 4)
        {
            Put<TVectors>(result + 4 * resultStep, s4, t4, start is null ? null : start + 4 * startStep);
        }

        if (TRows.Value > 5)
        {
            Put<TVectors>(result + 5 * resultStep, s5, t5, start is null ? null : start + 5 * startStep);
        }

        if (TRows.Value > 6)
        {
            Put<TVectors>(result + 6 * resultStep, s6, t6, start is null ? null : start + 6 * startStep);
        }

        if (TRows.Value > 7)
        {
            Put<TVectors>(result + 7 * resultStep, s7, t7, start is null ? null : start + 7 * startStep);
        }

        if (TRows.Value > 8)
        {
            Put<TVectors>(result + 8 * resultStep, s8, t8, start is null ? null : start + 8 * startStep);
        }

        if (TRows.Value > 9)
        {
            Put<TVectors>(result + 9 * resultStep, s9, t9, start is null ? null : start + 9 * startStep);
        }

        if (TRows.Value > 10)
        {
            Put<TVectors>(result + 10 * resultStep, s10, t10, start is null ? null : start + 10 * startStep);
        }

        if (TRows.Value > 11)
        {
            Put<TVectors>(result + 11 * resultStep, s11, t11, start is null ? null : start + 11 * startStep);
        }

        if (TRows.Value > 12)
        {
            Put<TVectors>(result + 12 * resultStep, s12, t12, start is null ? null : start + 12 * startStep);
        }

        if (TRows.Value > 13)
        {
            Put<TVectors>(result + 13 * resultStep, s13, t13, start is null ? null : start + 13 * startStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TVectors>(float* result, Vector512<float> even, Vector512<float> odd, float* start)
        where TVectors : struct, ICount
    {
        if (start is not null)
        {
            even += Vector512.Load(start);
            odd += TVectors.Value > 1 ? Vector512.Load(start + VectorColumns) : Vector512<float>.Zero;
        }

        even.Store(result);
        if (TVectors.Value > 1)
        {
            odd.Store(result + VectorColumns);
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
