using Strata.Tensors.Kernels;
using Strata.Tensors.Kernels.Normalizations;

namespace Strata.Tensors.Backends;

/// <summary>
/// Batch normalisations of float32 rows, shared over a team by blocks of rows that fit the first cache. Blocks are as many whatever the number of threads; their means and squared
/// distances are put together in order, in double precision (Chan et al. 1979).
/// </summary>
/// <param name="team">Its owner keeps it alive.</param>
internal sealed unsafe class ColumnNorms(ThreadTeam team) : IDisposable
{
    private const int BlockNumbers = 8192;
    private readonly GrowingBuffer<float> parts = new();
    private readonly GrowingBuffer<double> sums = new();

    public void Forward(in BatchNormalization<float> norm)
    {
        int width = norm.Rows.Width;
        var blocks = new Blocks(norm.Rows);
        float* factors = parts.Take((2L * blocks.Count + 1) * width);
        if (!norm.IsFixed)
        {
            var measuring = new Measuring(norm, blocks, (nint)(factors + width));
            team.Run(ref measuring, blocks.Count);
            Combine(norm, blocks, factors + width);
        }

        for (int j = 0; j < width; j++)
        {
            factors[j] = norm.Gain[j] / MathF.Sqrt(norm.Variances[j] + norm.Epsilon);
        }

        var scaling = new Scaling(norm, blocks, (nint)factors);
        team.Run(ref scaling, blocks.Count);
    }

    public void Back(in BatchNormalization<float> norm, in BatchNormalizationGradients<float> gradients)
    {
        int width = norm.Rows.Width;
        var blocks = new Blocks(norm.Rows);
        float* factors = parts.Take((2L * blocks.Count + 3) * width), onAll = factors + width, alongX = onAll + width, own = alongX + width;
        var summing = new Summing(norm, gradients, blocks, (nint)own);
        team.Run(ref summing, blocks.Count);
        double share = norm.IsFixed ? 0 : 1.0 / norm.Count;
        for (int j = 0; j < width; j++)
        {
            (double sum, double along) = (0, 0);
            for (int block = 0; block < blocks.Count; block++)
            {
                sum += own[2 * (nint)block * width + j];
                along += own[(2 * (nint)block + 1) * width + j];
            }

            double ratio = 1 / Math.Sqrt((double)norm.Variances[j] + norm.Epsilon), factor = norm.Gain[j] * ratio;
            (factors[j], onAll[j], alongX[j]) = ((float)factor, (float)(-factor * share * sum), (float)(-factor * share * ratio * ratio * along));
            AddTo(gradients.Gain, j, along * ratio);
            AddTo(gradients.Shift, j, sum);
        }

        if (gradients.X is not null || gradients.Added is not null)
        {
            var scaling = new ScalingBack(norm, gradients, blocks, (nint)factors);
            team.Run(ref scaling, blocks.Count);
        }
    }

    public void Dispose()
    {
        parts.Dispose();
        sums.Dispose();
    }

    private static void AddTo(float* gradient, int j, double value)
    {
        if (gradient is not null)
        {
            gradient[j] += (float)value;
        }
    }

    /// <summary>Means and squared distances of blocks put together.</summary>
    private void Combine(in BatchNormalization<float> norm, in Blocks blocks, float* own)
    {
        int width = norm.Rows.Width;
        double* mean = sums.Take(2L * width), squares = mean + width;
        new Span<double>(mean, 2 * width).Clear();
        double count = 0;
        for (int block = 0; block < blocks.Count; block++, own += 2 * width)
        {
            int rows = blocks.Inside(block);
            count += rows;
            for (int j = 0; j < width; j++)
            {
                double away = own[j] - mean[j];
                mean[j] += away * rows / count;
                squares[j] += own[width + j] + away * away * rows * (count - rows) / count;
            }
        }

        for (int j = 0; j < width; j++)
        {
            (norm.Means[j], norm.Variances[j]) = ((float)mean[j], (float)(squares[j] / count));
        }
    }

    /// <summary>Rows of about the same number, or the rows of each series where they have lengths.</summary>
    private readonly struct Blocks
    {
        private readonly StepSpan span;
        private readonly int rows, all;

        public Blocks(StepSpan span)
        {
            this.span = span;
            all = span.Batch * span.Steps;
            rows = span.Lengths != 0 ? span.Steps : Math.Max(1, BlockNumbers / Math.Max(1, span.Width));
            Count = (all + rows - 1) / Math.Max(1, rows);
        }

        public int Count { get; }

        public nint First(int block) => (nint)block * rows * span.Width;

        /// <summary>Rows that count.</summary>
        public int Inside(int block) => span.Lengths != 0 ? span.Length(block) : Math.Min(rows, all - block * rows);

        /// <summary>Rows after them that do not.</summary>
        public int Outside(int block) => span.Lengths != 0 ? rows - span.Length(block) : 0;
    }

    private readonly struct Measuring(BatchNormalization<float> norm, Blocks blocks, nint to) : ITeamWork
    {
        public void Run(int item, int member)
        {
            float* own = (float*)to + 2 * (nint)item * norm.Rows.Width;
            ColumnNormKernel.Measure(norm.X + blocks.First(item), blocks.Inside(item), norm.Rows.Width, own, own + norm.Rows.Width);
        }
    }

    private readonly struct Scaling(BatchNormalization<float> norm, Blocks blocks, nint factors) : ITeamWork
    {
        public void Run(int item, int member)
        {
            nint first = blocks.First(item);
            int width = norm.Rows.Width, rows = blocks.Inside(item);
            ColumnNormKernel.Scale(norm.X + first, norm.Added is null ? null : norm.Added + first, rows, width, norm.Means, (float*)factors, norm.Shift, norm.Rectifies, norm.Y + first);
            new Span<float>(norm.Y + first + (nint)rows * width, blocks.Outside(item) * width).Clear();
        }
    }

    private readonly struct Summing(BatchNormalization<float> norm, BatchNormalizationGradients<float> gradients, Blocks blocks, nint to) : ITeamWork
    {
        public void Run(int item, int member)
        {
            nint first = blocks.First(item);
            float* own = (float*)to + 2 * (nint)item * norm.Rows.Width;
            ColumnNormKernel.SumBack(gradients.Y + first, norm.Rectifies ? norm.Y + first : null, norm.X + first, blocks.Inside(item), norm.Rows.Width, norm.Means, own, own + norm.Rows.Width);
        }
    }

    private readonly struct ScalingBack(BatchNormalization<float> norm, BatchNormalizationGradients<float> gradients, Blocks blocks, nint factors) : ITeamWork
    {
        public void Run(int item, int member)
        {
            nint first = blocks.First(item);
            int width = norm.Rows.Width, rows = blocks.Inside(item);
            float* dx = gradients.X is null ? null : gradients.X + first, added = gradients.Added is null ? null : gradients.Added + first;
            ColumnNormKernel.ScaleBack(
                gradients.Y + first, norm.Rectifies ? norm.Y + first : null, norm.X + first, rows, width, norm.Means, (float*)factors, dx, gradients.AddsToX, added, gradients.AddsToAdded);
            ClearOutside(dx, rows, item, gradients.AddsToX);
            ClearOutside(added, rows, item, gradients.AddsToAdded);
        }

        private void ClearOutside(float* to, int rows, int item, bool adds)
        {
            if (to is not null && !adds)
            {
                new Span<float>(to + (nint)rows * norm.Rows.Width, blocks.Outside(item) * norm.Rows.Width).Clear();
            }
        }
    }
}
