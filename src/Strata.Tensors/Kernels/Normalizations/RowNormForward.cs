using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Kernels.Normalizations;

/// <summary>Some rows of a layer normalisation, sixteen numbers at a time.</summary>
internal readonly unsafe struct RowNormForward(RowNormalization<float> norm) : ITeamWork
{
    private const int BlockNumbers = 8192, Lane = 16;

    private readonly RowNormalization<float> norm = norm;

    /// <summary>As many whatever the number of threads.</summary>
    public int Blocks => Count(norm);

    public static int Count(in RowNormalization<float> norm) => (int)Math.Clamp((long)norm.Rows * norm.Width / BlockNumbers, 1, RowNormalization<float>.MostBlocks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int item, int member)
    {
        int width = norm.Width, whole = width - width % Lane, end = (int)((long)norm.Rows * (item + 1) / Blocks);
        float epsilon = (float)norm.Epsilon;
        for (int row = (int)((long)norm.Rows * item / Blocks); row < end; row++)
        {
            float* x = norm.X + (nint)row * width, y = norm.Y + (nint)row * width;
            Vector512<float> sums = Vector512<float>.Zero;
            for (int j = 0; j < whole; j += Lane)
            {
                sums += Vector512.Load(x + j);
            }

            float sum = Vector512.Sum(sums);
            for (int j = whole; j < width; j++)
            {
                sum += x[j];
            }

            float mean = sum / width;
            Vector512<float> means = Vector512.Create(mean);
            sums = Vector512<float>.Zero;
            for (int j = 0; j < whole; j += Lane)
            {
                Vector512<float> away = Vector512.Load(x + j) - means;
                sums = Vector512.FusedMultiplyAdd(away, away, sums);
            }

            float squares = Vector512.Sum(sums);
            for (int j = whole; j < width; j++)
            {
                squares += (x[j] - mean) * (x[j] - mean);
            }

            float ratio = 1 / MathF.Sqrt(squares / width + epsilon);
            Vector512<float> ratios = Vector512.Create(ratio);
            for (int j = 0; j < whole; j += Lane)
            {
                Vector512.FusedMultiplyAdd((Vector512.Load(x + j) - means) * ratios, Vector512.Load(norm.Gain + j), Vector512.Load(norm.Shift + j)).Store(y + j);
            }

            for (int j = whole; j < width; j++)
            {
                y[j] = MathF.FusedMultiplyAdd((x[j] - mean) * ratio, norm.Gain[j], norm.Shift[j]);
            }

            norm.Means[row] = mean;
            norm.Ratios[row] = ratio;
        }
    }
}
