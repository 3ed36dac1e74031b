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

        Factors(norm, factors);
        var scaling = new Scaling(norm, blocks, (nint)factors);
        team.Run(ref scaling, blocks.Count);
    }

    public void Back(in BatchNormalization<float> norm, in BatchNormalizationGradients<float> gradients)
    {
        int width = norm.Rows.Width;
        var blocks = new Blocks(norm.Rows);
        float* factors = parts.Take((2L * blocks.Count + 3) * width), onAll = factors + width, alongX = onAll + width, own = alongX + width;
        Factors(norm, factors);
        float* passed = gradients.AddsToAdded ? null : gradients.Added, addedTo = gradients.AddsToAdded ? gradients.Added : null;
        var summing = new Summing(norm, (nint)gradients.Y, blocks, (nint)factors, (nint)own, (nint)passed);
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
            (onAll[j], alongX[j]) = ((float)(-factor * share * sum), (float)(-factor * share * ratio * ratio * along));
            AddTo(gradients.Gain, j, along * ratio);
            AddTo(gradients.Shift, j, sum);
        }

        if (gradients.X is not null || addedTo is not null)
        {
            var scaling = new ScalingBack(norm, gradients, blocks, (nint)factors, (nint)passed, (nint)addedTo);
            team.Run(ref scaling, blocks.Count);
        }
    }

    public void Dispose()
    {
        parts.Dispose();
        sums.Dispose();
    }

    private static void Factors(in BatchNormalization<float> norm, float* factors)
    {
        for (int j = 0; j < norm.Rows.Width; j++)
        {
            factors[j] = norm.Gain[j] / MathF.Sqrt(norm.Variances[j] + norm.Epsilon);
        }
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

    /// <summary>On the way, what was added gets its gradient where it has none yet; from then on that is read, and not what it was made of.</summary>
    private readonly struct Summing(BatchNormalization<float> norm, nint dy, Blocks blocks, nint factors, nint to, nint passed) : ITeamWork
    {
        public void Run(int item, int member)
        {
            if (!norm.Rectifies)
            {
                Sum<OpenGate>(item);
            }
            else if (norm.Added is not null)
            {
                Sum<ResultGate>(item);
            }
            else
            {
                Sum<ScaleGate>(item);
            }
        }

        private void Sum<TGate>(int item)
            where TGate : struct, IGate
        {
            nint first = blocks.First(item);
            int width = norm.Rows.Width, rows = blocks.Inside(item);
            float* own = (float*)to + 2 * (nint)item * width, also = passed == 0 ? null : (float*)passed + first;
            ColumnNormKernel.SumBack<TGate>((float*)dy + first, norm.Y + first, norm.X + first, rows, width, norm.Means, (float*)factors, norm.Shift, own, own + width, also);
            if (also is not null)
            {
                new Span<float>(also + (nint)rows * width, blocks.Outside(item) * width).Clear();
            }
        }
    }

    private readonly struct ScalingBack(BatchNormalization<float> norm, BatchNormalizationGradients<float> gradients, Blocks blocks, nint factors, nint passed, nint addedTo) : ITeamWork
    {
        public void Run(int item, int member)
        {
            if (!norm.Rectifies || passed != 0)
            {
                Scale<OpenGate>(item);
            }
            else if (norm.Added is not null)
            {
                Scale<ResultGate>(item);
            }
            else
            {
                Scale<ScaleGate>(item);
            }
        }

        private void Scale<TGate>(int item)
            where TGate : struct, IGate
        {
            nint first = blocks.First(item);
            int width = norm.Rows.Width, rows = blocks.Inside(item);
            float* dy = (passed == 0 ? gradients.Y : (float*)passed) + first, dx = gradients.X is null ? null : gradients.X + first, added = addedTo == 0 ? null : (float*)addedTo + first;
            ColumnNormKernel.ScaleBack<TGate>(dy, norm.Y + first, norm.X + first, rows, width, norm.Means, (float*)factors, norm.Shift, dx, gradients.AddsToX, added);
            if (dx is not null && !gradients.AddsToX)
            {
                new Span<float>(dx + (nint)rows * width, blocks.Outside(item) * width).Clear();
            }
        }
    }
}
