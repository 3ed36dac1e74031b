using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>Sums of all rows of a matrix, by blocks of rows that are as many whatever the number of threads, and added up in order.</summary>
/// <param name="team">Its owner keeps it alive.</param>
internal sealed unsafe class RowSums(ThreadTeam team) : IDisposable
{
    private const int MostBlocks = 16, BlockNumbers = 8192, Width = 16;
    private readonly GrowingBuffer<float> sums = new();

    /// <summary>Adds the sum of all rows to <paramref name="to"/>.</summary>
    public void Run(float* values, int rows, int width, float* to)
    {
        int blocks = (int)Math.Clamp((long)rows * width / BlockNumbers, 1, MostBlocks);
        float* own = sums.Take((long)blocks * width);
        var work = new Work((nint)values, rows, width, (nint)own, blocks);
        team.Run(ref work, blocks);
        for (int block = 0; block < blocks; block++)
        {
            for (int j = 0; j < width; j++)
            {
                to[j] += own[(nint)block * width + j];
            }
        }
    }

    public void Dispose() => sums.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(float* values, int rows, int width, float* to)
    {
        int j = 0;
        for (; j + Width <= width; j += Width)
        {
            Vector512<float> even = Vector512<float>.Zero, odd = even;
            float* from = values + j;
            for (int row = 0; row + 2 <= rows; row += 2, from += 2 * (nint)width)
            {
                even += Vector512.Load(from);
                odd += Vector512.Load(from + width);
            }

            (even + odd + (rows % 2 == 1 ? Vector512.Load(from) : Vector512<float>.Zero)).Store(to + j);
        }

        for (; j < width; j++)
        {
            float sum = 0;
            for (int row = 0; row < rows; row++)
            {
                sum += values[(nint)row * width + j];
            }

            to[j] = sum;
        }
    }

    private readonly struct Work(nint values, int rows, int width, nint sums, int blocks) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = (int)((long)rows * item / blocks), end = (int)((long)rows * (item + 1) / blocks);
            Sum((float*)values + (nint)from * width, end - from, width, (float*)sums + (nint)item * width);
        }
    }
}
