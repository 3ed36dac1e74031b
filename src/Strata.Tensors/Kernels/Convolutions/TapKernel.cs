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
/// walked. The left side is read where it lies, since its rows overlap: nothing is unfolded in memory. With one vector of columns a tile may have twice as many rows.
/// </summary>
internal static unsafe class TapKernel
{
    /// <summary>Rows of a tile of two vectors at the most; one of a single vector may have twice as many.</summary>
    public static int MostRows => TileKernel.MostRows;

    public static int VectorColumns => TileKernel.VectorColumns;

    public static int MostColumns => TileKernel.MostColumns;

    /// <summary>The rows of the next tile where so many are left: tiles of about equal height.</summary>
    public static int Rows(int left, int vectors)
    {
        int most = vectors == 1 ? 2 * MostRows : MostRows, tiles = (left + most - 1) / most, rows = (left + tiles - 1) / tiles;
        if (rows <= MostRows)
        {
            return rows;
        }

        // A high tile has two equal halves.
        return tiles > 1 ? rows + rows % 2 : rows % 2 == 0 ? rows : (rows + 1) / 2;
    }

    /// <param name="rows">Rows of the tile, 1 to <see cref="MostRows"/>, or an even number up to twice as many where there is one vector.</param>
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
        if (vectors == 2)
        {
            Run<TFloats, TVector, SecondVector>(rows, walk, left, right, result, resultStep, start, startStep);
        }
        else if (rows > MostRows)
        {
            Run<TFloats, TVector, SecondHalf>(rows / 2, walk, left, right, result, resultStep, start, startStep);
        }
        else
        {
            Run<TFloats, TVector, NoSecond>(rows, walk, left, right, result, resultStep, start, startStep);
        }
    }

    private static void Run<TFloats, TVector, TSecond>(int rows, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TSecond : struct, ISecond
    {
        if (walk.LeftRowStep == 1)
        {
            Run<TFloats, TVector, TSecond, SideBySide>(rows, walk, left, right, result, resultStep, start, startStep);
        }
        else
        {
            Run<TFloats, TVector, TSecond, Apart>(rows, walk, left, right, result, resultStep, start, startStep);
        }
    }

    private static void Run<TFloats, TVector, TSecond, TLeft>(int rows, in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TSecond : struct, ISecond
        where TLeft : struct, ILeft
    {
        switch (rows)
        {
            case 1: Tile<TFloats, TVector, Rows1, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 2: Tile<TFloats, TVector, Rows2, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 3: Tile<TFloats, TVector, Rows3, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 4: Tile<TFloats, TVector, Rows4, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 5: Tile<TFloats, TVector, Rows5, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 6: Tile<TFloats, TVector, Rows6, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 7: Tile<TFloats, TVector, Rows7, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 8: Tile<TFloats, TVector, Rows8, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 9: Tile<TFloats, TVector, Rows9, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 10: Tile<TFloats, TVector, Rows10, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 11: Tile<TFloats, TVector, Rows11, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 12: Tile<TFloats, TVector, Rows12, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 13: Tile<TFloats, TVector, Rows13, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            case 14: Tile<TFloats, TVector, Rows14, TSecond, TLeft>(walk, left, right, result, resultStep, start, startStep); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A tile has 1 to {MostRows} rows, or twice as many in two halves.");
        }
    }

    /// <summary>The comparisons with constants are decided when the code is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TFloats, TVector, TRows, TSecond, TLeft>(in TapWalk walk, float* left, float* right, float* result, nint resultStep, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TRows : struct, ICount
        where TSecond : struct, ISecond
        where TLeft : struct, ILeft
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

        // Seven rows are one of seven steps away from one place: more places or steps would not fit the registers.
        nint step = walk.LeftRowStep * sizeof(float), step3 = 3 * step, step5 = 5 * step, depthStep = walk.LeftDepthStep * sizeof(float), rightStep = walk.RightDepthStep;
        for (int segment = 0; segment < walk.Segments; segment++)
        {
            byte* a = (byte*)(left + walk.LeftOffsets[segment]), a7 = a + 7 * step, h = a + TRows.Value * step, h7 = h + 7 * step;
            float* b = right + walk.RightOffsets[segment];
            for (int depth = walk.Depth; depth > 0; depth--)
            {
                TVector even = TFloats.Load(b), odd = TSecond.IsVector ? TFloats.Load(b + TFloats.Count) : default, x;
                x = TFloats.Create(*(float*)a);
                s0 = TFloats.MultiplyAdd(x, even, s0);
                if (TSecond.IsVector)
                {
                    t0 = TFloats.MultiplyAdd(x, odd, t0);
                }

                if (TSecond.IsHalf)
                {
                    t0 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value] : *(float*)h), even, t0);
                }

                if (TRows.Value > 1)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[1] : *(float*)(a + step));
                    s1 = TFloats.MultiplyAdd(x, even, s1);
                    if (TSecond.IsVector)
                    {
                        t1 = TFloats.MultiplyAdd(x, odd, t1);
                    }

                    if (TSecond.IsHalf)
                    {
                        t1 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 1] : *(float*)(h + step)), even, t1);
                    }
                }

                if (TRows.Value > 2)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[2] : *(float*)(a + 2 * step));
                    s2 = TFloats.MultiplyAdd(x, even, s2);
                    if (TSecond.IsVector)
                    {
                        t2 = TFloats.MultiplyAdd(x, odd, t2);
                    }

                    if (TSecond.IsHalf)
                    {
                        t2 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 2] : *(float*)(h + 2 * step)), even, t2);
                    }
                }

                if (TRows.Value > 3)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[3] : *(float*)(a + step3));
                    s3 = TFloats.MultiplyAdd(x, even, s3);
                    if (TSecond.IsVector)
                    {
                        t3 = TFloats.MultiplyAdd(x, odd, t3);
                    }

                    if (TSecond.IsHalf)
                    {
                        t3 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 3] : *(float*)(h + step3)), even, t3);
                    }
                }

                if (TRows.Value > 4)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[4] : *(float*)(a + 4 * step));
                    s4 = TFloats.MultiplyAdd(x, even, s4);
                    if (TSecond.IsVector)
                    {
                        t4 = TFloats.MultiplyAdd(x, odd, t4);
                    }

                    if (TSecond.IsHalf)
                    {
                        t4 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 4] : *(float*)(h + 4 * step)), even, t4);
                    }
                }

                if (TRows.Value > 5)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[5] : *(float*)(a + step5));
                    s5 = TFloats.MultiplyAdd(x, even, s5);
                    if (TSecond.IsVector)
                    {
                        t5 = TFloats.MultiplyAdd(x, odd, t5);
                    }

                    if (TSecond.IsHalf)
                    {
                        t5 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 5] : *(float*)(h + step5)), even, t5);
                    }
                }

                if (TRows.Value > 6)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[6] : *(float*)(a + 2 * step3));
                    s6 = TFloats.MultiplyAdd(x, even, s6);
                    if (TSecond.IsVector)
                    {
                        t6 = TFloats.MultiplyAdd(x, odd, t6);
                    }

                    if (TSecond.IsHalf)
                    {
                        t6 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 6] : *(float*)(h + 2 * step3)), even, t6);
                    }
                }

                if (TRows.Value > 7)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[7] : *(float*)a7);
                    s7 = TFloats.MultiplyAdd(x, even, s7);
                    if (TSecond.IsVector)
                    {
                        t7 = TFloats.MultiplyAdd(x, odd, t7);
                    }

                    if (TSecond.IsHalf)
                    {
                        t7 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 7] : *(float*)h7), even, t7);
                    }
                }

                if (TRows.Value > 8)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[8] : *(float*)(a7 + step));
                    s8 = TFloats.MultiplyAdd(x, even, s8);
                    if (TSecond.IsVector)
                    {
                        t8 = TFloats.MultiplyAdd(x, odd, t8);
                    }

                    if (TSecond.IsHalf)
                    {
                        t8 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 8] : *(float*)(h7 + step)), even, t8);
                    }
                }

                if (TRows.Value > 9)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[9] : *(float*)(a7 + 2 * step));
                    s9 = TFloats.MultiplyAdd(x, even, s9);
                    if (TSecond.IsVector)
                    {
                        t9 = TFloats.MultiplyAdd(x, odd, t9);
                    }

                    if (TSecond.IsHalf)
                    {
                        t9 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 9] : *(float*)(h7 + 2 * step)), even, t9);
                    }
                }

                if (TRows.Value > 10)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[10] : *(float*)(a7 + step3));
                    s10 = TFloats.MultiplyAdd(x, even, s10);
                    if (TSecond.IsVector)
                    {
                        t10 = TFloats.MultiplyAdd(x, odd, t10);
                    }

                    if (TSecond.IsHalf)
                    {
                        t10 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 10] : *(float*)(h7 + step3)), even, t10);
                    }
                }

                if (TRows.Value > 11)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[11] : *(float*)(a7 + 4 * step));
                    s11 = TFloats.MultiplyAdd(x, even, s11);
                    if (TSecond.IsVector)
                    {
                        t11 = TFloats.MultiplyAdd(x, odd, t11);
                    }

                    if (TSecond.IsHalf)
                    {
                        t11 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 11] : *(float*)(h7 + 4 * step)), even, t11);
                    }
                }

                if (TRows.Value > 12)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[12] : *(float*)(a7 + step5));
                    s12 = TFloats.MultiplyAdd(x, even, s12);
                    if (TSecond.IsVector)
                    {
                        t12 = TFloats.MultiplyAdd(x, odd, t12);
                    }

                    if (TSecond.IsHalf)
                    {
                        t12 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 12] : *(float*)(h7 + step5)), even, t12);
                    }
                }

                if (TRows.Value > 13)
                {
                    x = TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[13] : *(float*)(a7 + 2 * step3));
                    s13 = TFloats.MultiplyAdd(x, even, s13);
                    if (TSecond.IsVector)
                    {
                        t13 = TFloats.MultiplyAdd(x, odd, t13);
                    }

                    if (TSecond.IsHalf)
                    {
                        t13 = TFloats.MultiplyAdd(TFloats.Create(TLeft.IsSideBySide ? ((float*)a)[TRows.Value + 13] : *(float*)(h7 + 2 * step3)), even, t13);
                    }
                }

                a += depthStep;
                a7 += depthStep;
                h += depthStep;
                h7 += depthStep;
                b += rightStep;
            }
        }

        Put<TFloats, TVector, TRows, TSecond>(result, resultStep, s0, t0, start, startStep);
        if (TRows.Value > 1)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 1 * resultStep, resultStep, s1, t1, start is null ? null : start + 1 * startStep, startStep);
        }

        if (TRows.Value > 2)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 2 * resultStep, resultStep, s2, t2, start is null ? null : start + 2 * startStep, startStep);
        }

        if (TRows.Value > 3)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 3 * resultStep, resultStep, s3, t3, start is null ? null : start + 3 * startStep, startStep);
        }

        if (TRows.Value > 4)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 4 * resultStep, resultStep, s4, t4, start is null ? null : start + 4 * startStep, startStep);
        }

        if (TRows.Value > 5)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 5 * resultStep, resultStep, s5, t5, start is null ? null : start + 5 * startStep, startStep);
        }

        if (TRows.Value > 6)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 6 * resultStep, resultStep, s6, t6, start is null ? null : start + 6 * startStep, startStep);
        }

        if (TRows.Value > 7)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 7 * resultStep, resultStep, s7, t7, start is null ? null : start + 7 * startStep, startStep);
        }

        if (TRows.Value > 8)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 8 * resultStep, resultStep, s8, t8, start is null ? null : start + 8 * startStep, startStep);
        }

        if (TRows.Value > 9)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 9 * resultStep, resultStep, s9, t9, start is null ? null : start + 9 * startStep, startStep);
        }

        if (TRows.Value > 10)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 10 * resultStep, resultStep, s10, t10, start is null ? null : start + 10 * startStep, startStep);
        }

        if (TRows.Value > 11)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 11 * resultStep, resultStep, s11, t11, start is null ? null : start + 11 * startStep, startStep);
        }

        if (TRows.Value > 12)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 12 * resultStep, resultStep, s12, t12, start is null ? null : start + 12 * startStep, startStep);
        }

        if (TRows.Value > 13)
        {
            Put<TFloats, TVector, TRows, TSecond>(result + 13 * resultStep, resultStep, s13, t13, start is null ? null : start + 13 * startStep, startStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TFloats, TVector, TRows, TSecond>(float* result, nint resultStep, TVector first, TVector second, float* start, nint startStep)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct
        where TRows : struct, ICount
        where TSecond : struct, ISecond
    {
        Put<TFloats, TVector>(result, first, start);
        if (TSecond.IsVector)
        {
            Put<TFloats, TVector>(result + TFloats.Count, second, start is null ? null : start + TFloats.Count);
        }

        if (TSecond.IsHalf)
        {
            Put<TFloats, TVector>(result + TRows.Value * resultStep, second, start is null ? null : start + TRows.Value * startStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TFloats, TVector>(float* result, TVector sum, float* start)
        where TFloats : struct, IFloats<TVector>
        where TVector : struct => TFloats.Store(start is null ? sum : TFloats.Add(sum, TFloats.Load(start)), result);

    /// <summary>What the second sums of each row are, known when the code is compiled.</summary>
    private interface ISecond
    {
        /// <summary>Another vector of columns.</summary>
        static abstract bool IsVector { get; }

        /// <summary>A row of the tile's second half.</summary>
        static abstract bool IsHalf { get; }
    }

    /// <summary>How the left side's rows lie, known when the code is compiled.</summary>
    private interface ILeft
    {
        static abstract bool IsSideBySide { get; }
    }

    private readonly struct NoSecond : ISecond
    {
        public static bool IsVector => false;

        public static bool IsHalf => false;
    }

    private readonly struct SecondVector : ISecond
    {
        public static bool IsVector => true;

        public static bool IsHalf => false;
    }

    private readonly struct SecondHalf : ISecond
    {
        public static bool IsVector => false;

        public static bool IsHalf => true;
    }

    private readonly struct SideBySide : ILeft
    {
        public static bool IsSideBySide => true;
    }

    private readonly struct Apart : ILeft
    {
        public static bool IsSideBySide => false;
    }
}
