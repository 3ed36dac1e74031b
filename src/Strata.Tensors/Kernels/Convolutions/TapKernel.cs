using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Kernels.Products;

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
/// The innermost loop of a convolution: a tile of some rows (places) and one or two vectors of columns (channels) is kept in registers while taps and channels are
/// walked. The left side is read where it lies, since its rows overlap: nothing is unfolded in memory.
/// </summary>
internal static unsafe class TapKernel
{
    public static int MostRows => TileKernel.MostRows;

    public static int VectorColumns => TileKernel.VectorColumns;

    public static int MostColumns => TileKernel.MostColumns;

    /// <param name="rows">Rows of the tile, 1 to <see cref="MostRows"/>.</param>
    /// <param name="vectors">Vectors of columns, 1 or 2.</param>
    /// <param name="walk">How the sums run.</param>
    /// <param name="left">The tile's first row on the left.</param>
    /// <param name="right">The tile's first column on the right.</param>
    /// <param name="result">The tile in the result.</param>
    /// <param name="resultStep">Numbers from one row of the result to the next.</param>
    /// <param name="start">What sums begin with, such as a bias or the result itself; null for zeros.</param>
    /// <param name="startStep">Numbers from one row of <paramref name="start"/> to the next.</param>
    public static void Run(int rows, int vectors, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<Floats512, Vector512<float>>(rows, vectors, walk, left, right, result, resultStep, start, startStep);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<Floats256, Vector256<float>>(rows, vectors, walk, left, right, result, resultStep, start, startStep);
        }
        else
        {
            Run<Floats128, Vector128<float>>(rows, vectors, walk, left, right, result, resultStep, start, startStep);
        }
    }

    private static void Run<TFloats, TVector>(int rows, int vectors, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
    {
        if (vectors == 1)
        {
            Run<TFloats, TVector, OneVector>(rows, walk, left, right, result, resultStep, start, startStep);
        }
        else
        {
            Run<TFloats, TVector, TwoVectors>(rows, walk, left, right, result, resultStep, start, startStep);
        }
    }

    private static void Run<TFloats, TVector, TVectors>(int rows, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 1: Tile<TFloats, TVector, Rows1, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 2: Tile<TFloats, TVector, Rows2, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 3: Tile<TFloats, TVector, Rows3, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 4: Tile<TFloats, TVector, Rows4, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 5: Tile<TFloats, TVector, Rows5, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 6: Tile<TFloats, TVector, Rows6, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 7: Tile<TFloats, TVector, Rows7, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 8: Tile<TFloats, TVector, Rows8, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 9: Tile<TFloats, TVector, Rows9, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 10: Tile<TFloats, TVector, Rows10, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 11: Tile<TFloats, TVector, Rows11, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 12: Tile<TFloats, TVector, Rows12, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 13: Tile<TFloats, TVector, Rows13, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            case 14: Tile<TFloats, TVector, Rows14, TVectors>(walk, left, right, result, resultStep, start, startStep); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A tile has 1 to {MostRows} rows.");
        }
    }

    /// <summary>The comparisons with constant counts are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TFloats, TVector, TRows, TVectors>(in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
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
        nint rowStep = walk.LeftRowStep, twoRows = 2 * rowStep, depthStep = walk.LeftDepthStep, rightStep = walk.RightDepthStep;
        for (int segment = 0; segment < walk.Segments; segment++)
        {
            // Every third row has a pointer of its own: more would not fit the registers.
            float* a0 = left + walk.LeftOffsets[segment], a3 = a0 + rowStep + twoRows, a6 = a3 + rowStep + twoRows, a9 = a6 + rowStep + twoRows, a12 = a9 + rowStep + twoRows;
            float* b = right + walk.RightOffsets[segment];
            for (int depth = walk.Depth; depth > 0; depth--)
            {
                TVector even = TFloats.Load(b), odd = TVectors.Value > 1 ? TFloats.Load(b + TFloats.Count) : default, x;
                x = TFloats.Create(a0[0]);
                s0 = TFloats.MultiplyAdd(x, even, s0);
                if (TVectors.Value > 1)
                {
                    t0 = TFloats.MultiplyAdd(x, odd, t0);
                }

                if (TRows.Value > 1)
                {
                    x = TFloats.Create(a0[rowStep]);
                    s1 = TFloats.MultiplyAdd(x, even, s1);
                    if (TVectors.Value > 1)
                    {
                        t1 = TFloats.MultiplyAdd(x, odd, t1);
                    }
                }

                if (TRows.Value > 2)
                {
                    x = TFloats.Create(a0[twoRows]);
                    s2 = TFloats.MultiplyAdd(x, even, s2);
                    if (TVectors.Value > 1)
                    {
                        t2 = TFloats.MultiplyAdd(x, odd, t2);
                    }
                }

                if (TRows.Value > 3)
                {
                    x = TFloats.Create(a3[0]);
                    s3 = TFloats.MultiplyAdd(x, even, s3);
                    if (TVectors.Value > 1)
                    {
                        t3 = TFloats.MultiplyAdd(x, odd, t3);
                    }
                }

                if (TRows.Value > 4)
                {
                    x = TFloats.Create(a3[rowStep]);
                    s4 = TFloats.MultiplyAdd(x, even, s4);
                    if (TVectors.Value > 1)
                    {
                        t4 = TFloats.MultiplyAdd(x, odd, t4);
                    }
                }

                if (TRows.Value > 5)
                {
                    x = TFloats.Create(a3[twoRows]);
                    s5 = TFloats.MultiplyAdd(x, even, s5);
                    if (TVectors.Value > 1)
                    {
                        t5 = TFloats.MultiplyAdd(x, odd, t5);
                    }
                }

                if (TRows.Value > 6)
                {
                    x = TFloats.Create(a6[0]);
                    s6 = TFloats.MultiplyAdd(x, even, s6);
                    if (TVectors.Value > 1)
                    {
                        t6 = TFloats.MultiplyAdd(x, odd, t6);
                    }
                }

                if (TRows.Value > 7)
                {
                    x = TFloats.Create(a6[rowStep]);
                    s7 = TFloats.MultiplyAdd(x, even, s7);
                    if (TVectors.Value > 1)
                    {
                        t7 = TFloats.MultiplyAdd(x, odd, t7);
                    }
                }

                if (TRows.Value > 8)
                {
                    x = TFloats.Create(a6[twoRows]);
                    s8 = TFloats.MultiplyAdd(x, even, s8);
                    if (TVectors.Value > 1)
                    {
                        t8 = TFloats.MultiplyAdd(x, odd, t8);
                    }
                }

                if (TRows.Value > 9)
                {
                    x = TFloats.Create(a9[0]);
                    s9 = TFloats.MultiplyAdd(x, even, s9);
                    if (TVectors.Value > 1)
                    {
                        t9 = TFloats.MultiplyAdd(x, odd, t9);
                    }
                }

                if (TRows.Value > 10)
                {
                    x = TFloats.Create(a9[rowStep]);
                    s10 = TFloats.MultiplyAdd(x, even, s10);
                    if (TVectors.Value > 1)
                    {
                        t10 = TFloats.MultiplyAdd(x, odd, t10);
                    }
                }

                if (TRows.Value > 11)
                {
                    x = TFloats.Create(a9[twoRows]);
                    s11 = TFloats.MultiplyAdd(x, even, s11);
                    if (TVectors.Value > 1)
                    {
                        t11 = TFloats.MultiplyAdd(x, odd, t11);
                    }
                }

                if (TRows.Value > 12)
                {
                    x = TFloats.Create(a12[0]);
                    s12 = TFloats.MultiplyAdd(x, even, s12);
                    if (TVectors.Value > 1)
                    {
                        t12 = TFloats.MultiplyAdd(x, odd, t12);
                    }
                }

                if (TRows.Value > 13)
                {
                    x = TFloats.Create(a12[rowStep]);
                    s13 = TFloats.MultiplyAdd(x, even, s13);
                    if (TVectors.Value > 1)
                    {
                        t13 = TFloats.MultiplyAdd(x, odd, t13);
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

        Put<TFloats, TVector, TVectors>(result, s0, t0, start);
        if (TRows.Value > 1)
        {
            Put<TFloats, TVector, TVectors>(result + 1 * resultStep, s1, t1, start is null ? null : start + 1 * startStep);
        }

        if (TRows.Value > 2)
        {
            Put<TFloats, TVector, TVectors>(result + 2 * resultStep, s2, t2, start is null ? null : start + 2 * startStep);
        }

        if (TRows.Value > 3)
        {
            Put<TFloats, TVector, TVectors>(result + 3 * resultStep, s3, t3, start is null ? null : start + 3 * startStep);
        }

        if (TRows.Value > 4)
        {
            Put<TFloats, TVector, TVectors>(result + 4 * resultStep, s4, t4, start is null ? null : start + 4 * startStep);
        }

        if (TRows.Value > 5)
        {
            Put<TFloats, TVector, TVectors>(result + 5 * resultStep, s5, t5, start is null ? null : start + 5 * startStep);
        }

        if (TRows.Value > 6)
        {
            Put<TFloats, TVector, TVectors>(result + 6 * resultStep, s6, t6, start is null ? null : start + 6 * startStep);
        }

        if (TRows.Value > 7)
        {
            Put<TFloats, TVector, TVectors>(result + 7 * resultStep, s7, t7, start is null ? null : start + 7 * startStep);
        }

        if (TRows.Value > 8)
        {
            Put<TFloats, TVector, TVectors>(result + 8 * resultStep, s8, t8, start is null ? null : start + 8 * startStep);
        }

        if (TRows.Value > 9)
        {
            Put<TFloats, TVector, TVectors>(result + 9 * resultStep, s9, t9, start is null ? null : start + 9 * startStep);
        }

        if (TRows.Value > 10)
        {
            Put<TFloats, TVector, TVectors>(result + 10 * resultStep, s10, t10, start is null ? null : start + 10 * startStep);
        }

        if (TRows.Value > 11)
        {
            Put<TFloats, TVector, TVectors>(result + 11 * resultStep, s11, t11, start is null ? null : start + 11 * startStep);
        }

        if (TRows.Value > 12)
        {
            Put<TFloats, TVector, TVectors>(result + 12 * resultStep, s12, t12, start is null ? null : start + 12 * startStep);
        }

        if (TRows.Value > 13)
        {
            Put<TFloats, TVector, TVectors>(result + 13 * resultStep, s13, t13, start is null ? null : start + 13 * startStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TFloats, TVector, TVectors>(float* result, TVector even, TVector odd, float* start)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TVectors : struct, ICount
    {
        if (start is not null)
        {
            even = TFloats.Add(even, TFloats.Load(start));
            odd = TVectors.Value > 1 ? TFloats.Add(odd, TFloats.Load(start + TFloats.Count)) : odd;
        }

        TFloats.Store(even, result);
        if (TVectors.Value > 1)
        {
            TFloats.Store(odd, result + TFloats.Count);
        }
    }
}
