using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels;

/// <summary>
/// Rows of numbers brought side by side and back: as [width][lanes], each row is a lane of the vectors, so that what is done to all rows alike needs no loop and no tail over
/// the width.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>Rows of a block: one or two vectors.</summary>
    public const int One = 16, Two = 32;

    /// <param name="rows">Where each lane's row begins.</param>
    /// <param name="lanes">How many, a multiple of 4.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="to">[width][lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float** rows, int lanes, int width, float* to)
    {
        for (int lane = 0; lane < lanes; lane += 4)
        {
            float* p0 = rows[lane], p1 = rows[lane + 1], p2 = rows[lane + 2], p3 = rows[lane + 3], at = to + lane;
            int j = 0;
            for (; j + 4 <= width; j += 4, at += 4 * lanes)
            {
                Packing.Square(Vector128.Load(p0 + j), Vector128.Load(p1 + j), Vector128.Load(p2 + j), Vector128.Load(p3 + j), at, lanes);
            }

            for (; j < width; j++, at += lanes)
            {
                (at[0], at[1], at[2], at[3]) = (p0[j], p1[j], p2[j], p3[j]);
            }
        }
    }

    /// <param name="from">[width][lanes].</param>
    /// <param name="lanes">How many, a multiple of 4.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="rows">Where each lane's row begins.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(float* from, int lanes, int width, float** rows, bool adds)
    {
        for (int lane = 0; lane < lanes; lane += 4)
        {
            float* p0 = rows[lane], p1 = rows[lane + 1], p2 = rows[lane + 2], p3 = rows[lane + 3], at = from + lane;
            int j = 0;
            for (; j + 4 <= width; j += 4, at += 4 * lanes)
            {
                Packing.Square(
                    Vector128.Load(at), Vector128.Load(at + lanes), Vector128.Load(at + 2 * lanes), Vector128.Load(at + 3 * lanes),
                    out Vector128<float> c0, out Vector128<float> c1, out Vector128<float> c2, out Vector128<float> c3);
                if (adds)
                {
                    c0 += Vector128.Load(p0 + j);
                    c1 += Vector128.Load(p1 + j);
                    c2 += Vector128.Load(p2 + j);
                    c3 += Vector128.Load(p3 + j);
                }

                c0.Store(p0 + j);
                c1.Store(p1 + j);
                c2.Store(p2 + j);
                c3.Store(p3 + j);
            }

            for (; j < width; j++, at += lanes)
            {
                p0[j] = at[0] + (adds ? p0[j] : 0);
                p1[j] = at[1] + (adds ? p1[j] : 0);
                p2[j] = at[2] + (adds ? p2[j] : 0);
                p3[j] = at[3] + (adds ? p3[j] : 0);
            }
        }
    }
}
