using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Kernels.Normalizations;

/// <summary>The way back of some rows of a layer normalisation. The gain's and the shift's gradients are summed by blocks of rows, which are added up in order at the end.</summary>
internal readonly unsafe struct RowNormBack(RowNormalization<float> norm, RowNormalizationGradients<float> gradients) : ITeamWork
{
    private const int Lane = 16;

    private readonly RowNormalization<float> norm = norm;
    private readonly RowNormalizationGradients<float> gradients = gradients;

    public int Blocks => RowNormForward.Count(norm);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int item, int member)
    {
        int width = norm.Width, whole = width - width % Lane, end = (int)((long)norm.Rows * (item + 1) / Blocks);
        float* ofGain = gradients.Sums + (nint)item * 2 * width, ofShift = ofGain + width;
        new Span<float>(ofGain, 2 * width).Clear();
        for (int row = (int)((long)norm.Rows * item / Blocks); row < end; row++)
        {
            float mean = norm.Means[row], ratio = norm.Ratios[row], sum = 0, product = 0;
            float* x = norm.X + (nint)row * width, dy = gradients.Y + (nint)row * width;
            Vector512<float> means = Vector512.Create(mean), ratios = Vector512.Create(ratio), sums = Vector512<float>.Zero, products = Vector512<float>.Zero;
            for (int j = 0; j < whole; j += Lane)
            {
                Vector512<float> d = Vector512.Load(dy + j), z = (Vector512.Load(x + j) - means) * ratios, g = d * Vector512.Load(norm.Gain + j);
                sums += g;
                products = Vector512.FusedMultiplyAdd(g, z, products);
                Vector512.FusedMultiplyAdd(d, z, Vector512.Load(ofGain + j)).Store(ofGain + j);
                (Vector512.Load(ofShift + j) + d).Store(ofShift + j);
            }

            for (int j = whole; j < width; j++)
            {
                float z = (x[j] - mean) * ratio, g = dy[j] * norm.Gain[j];
                sum += g;
                product += g * z;
                ofGain[j] += dy[j] * z;
                ofShift[j] += dy[j];
            }

            if (gradients.X is not null)
            {
                Move(row, (Vector512.Sum(sums) + sum) / width, (Vector512.Sum(products) + product) / width);
            }
        }
    }

    /// <summary>Adds the blocks' sums to the gradients of gain and shift.</summary>
    public void AddSums()
    {
        for (int block = 0; block < Blocks; block++)
        {
            float* ofGain = gradients.Sums + (nint)block * 2 * norm.Width, ofShift = ofGain + norm.Width;
            for (int j = 0; j < norm.Width; j++)
            {
                if (gradients.Gain is not null)
                {
                    gradients.Gain[j] += ofGain[j];
                }

                if (gradients.Shift is not null)
                {
                    gradients.Shift[j] += ofShift[j];
                }
            }
        }
    }

    /// <summary>dx = r (g - mean(g) - z mean(g z)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int row, float middle, float along)
    {
        int width = norm.Width, j = 0;
        float mean = norm.Means[row], ratio = norm.Ratios[row];
        float* x = norm.X + (nint)row * width, dy = gradients.Y + (nint)row * width, dx = gradients.X + (nint)row * width;
        Vector512<float> means = Vector512.Create(mean), ratios = Vector512.Create(ratio), middles = Vector512.Create(middle), alongs = Vector512.Create(-along);
        for (; j + Lane <= width; j += Lane)
        {
            Vector512<float> z = (Vector512.Load(x + j) - means) * ratios, g = Vector512.FusedMultiplyAdd(Vector512.Load(dy + j), Vector512.Load(norm.Gain + j), -middles);
            Vector512<float> moved = ratios * Vector512.FusedMultiplyAdd(z, alongs, g);
            (gradients.AddsToX ? moved + Vector512.Load(dx + j) : moved).Store(dx + j);
        }

        for (; j < width; j++)
        {
            float moved = ratio * (dy[j] * norm.Gain[j] - middle - (x[j] - mean) * ratio * along);
            dx[j] = gradients.AddsToX ? dx[j] + moved : moved;
        }
    }
}
