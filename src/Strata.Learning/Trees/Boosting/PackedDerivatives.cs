using Strata.Learning.Losses;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>
/// The derivatives of all rows and outputs at their current scores, packed for the grower. Where the loss bounds them and nobody else looks at them, they are packed as
/// they are computed; else they are kept, measured and packed by their measure.
/// </summary>
internal sealed unsafe class PackedDerivatives : IDisposable
{
    private readonly LabelledRows rows;
    private readonly ILoss loss;
    private readonly DerivativeWeights weights;
    private readonly QueryRows? queries;
    private readonly ThreadTeam team;
    private readonly AlignedBuffer<long> words;
    private readonly AlignedBuffer<float>? kept;
    private readonly float[]?[] scratch;
    private readonly DerivativeRange[] ranges;

    /// <param name="rows">The rows with their scores.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="weights">The weights of the rows that are learned from.</param>
    /// <param name="queries">The queries of a ranking loss.</param>
    /// <param name="keeps">Whether rows will be drawn by their derivatives.</param>
    /// <param name="team">Shares the work.</param>
    public PackedDerivatives(LabelledRows rows, ILoss loss, DerivativeWeights weights, QueryRows? queries, bool keeps, ThreadTeam team)
    {
        (this.rows, this.loss, this.weights, this.queries, this.team) = (rows, loss, weights, queries, team);
        long size = (long)rows.OutputCount * rows.PaddedRows;
        words = new AlignedBuffer<long>(size, hugePages: true);
        scratch = new float[team.Size][];
        ranges = new DerivativeRange[rows.BlockCount];
        if (keeps || !double.IsFinite(loss.LargestGradient))
        {
            kept = new AlignedBuffer<float>(2 * size, hugePages: true);
        }
        else
        {
            Packing = GradientPacking.For(loss, weights);
        }
    }

    public GradientPacking Packing { get; private set; }

    public int PaddedRows => rows.PaddedRows;

    public long* Words(int output) => words.Pointer + (long)output * rows.PaddedRows;

    /// <summary>Computes kept derivatives anew.</summary>
    public void Update()
    {
        if (kept is null)
        {
            return;
        }

        if (loss.TakesQueries)
        {
            var compute = new Queries(this);
            team.Run(ref compute, queries!.Count);
        }
        else
        {
            var compute = new Blocks(this, isKept: true);
            team.Run(ref compute, rows.BlockCount);
        }
    }

    /// <summary>The size of gradient times hessian of some rows, summed over the outputs; only where derivatives are kept.</summary>
    public float[] Sizes(int[] some)
    {
        var sizes = new float[some.Length];
        for (int output = 0; output < rows.OutputCount; output++)
        {
            float* g = Gradients(output), h = Hessians(output);
            for (int i = 0; i < some.Length; i++)
            {
                sizes[i] += MathF.Abs(g[some[i]] * h[some[i]]);
            }
        }

        return sizes;
    }

    /// <summary>Packs the current derivatives, multiplied by a factor a row if there are any.</summary>
    public void Pack(float[]? factors)
    {
        if (kept is null)
        {
            var compute = new Blocks(this, isKept: false);
            team.Run(ref compute, rows.BlockCount);
            return;
        }

        var measure = new Measures(this, factors);
        team.Run(ref measure, rows.BlockCount);
        double counted = Math.Max(1, rows.OutputCount * (double)weights.CountedRows);
        var range = new DerivativeRange(
            ranges.Max(range => range.LargestGradient), ranges.Max(range => range.LargestHessian), ranges.Sum(range => range.MeanGradient) / counted, ranges.Sum(range => range.MeanHessian) / counted);
        Packing = GradientPacking.For(range, loss.HasUnitHessian && weights.AreOne && factors is null, weights.MostCopies);
        var pack = new Packs(this);
        team.Run(ref pack, rows.BlockCount);
    }

    public void Dispose()
    {
        words.Dispose();
        kept?.Dispose();
    }

    private float* Gradients(int output) => kept!.Pointer + (long)output * rows.PaddedRows;

    private float* Hessians(int output) => kept!.Pointer + (long)(rows.OutputCount + output) * rows.PaddedRows;

    private void Pack(int block, int output, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        var (first, count) = LabelledRows.Block(block, rows.PaddedRows);
        var packed = new Span<long>(Words(output) + first, count);
        Packing.Pack(gradients, hessians, packed);
        if (weights.Copies is int[] copies)
        {
            for (int i = 0; i < count; i++)
            {
                packed[i] *= copies[first + i];
            }
        }
    }

    /// <summary>Computes the derivatives of blocks of rows.</summary>
    private readonly struct Blocks(PackedDerivatives owner, bool isKept) : ITeamWork
    {
        public void Run(int item, int member)
        {
            LabelledRows rows = owner.rows;
            int outputs = rows.OutputCount, size = outputs * LabelledRows.BlockRows;
            Span<float> memory = owner.scratch[member] ??= new float[3 * size];
            Span<float> gradients = memory[..size], hessians = memory.Slice(size, size), copy = memory[(2 * size)..];
            owner.loss.Derivatives(rows.BlockOf(item, owner.weights.Factors, copy), gradients, hessians);
            var (first, count) = LabelledRows.Block(item, rows.PaddedRows);
            for (int output = 0; output < outputs; output++)
            {
                Span<float> g = gradients.Slice(output * LabelledRows.BlockRows, count), h = hessians.Slice(output * LabelledRows.BlockRows, count);
                if (isKept)
                {
                    g.CopyTo(new Span<float>(owner.Gradients(output) + first, count));
                    h.CopyTo(new Span<float>(owner.Hessians(output) + first, count));
                }
                else
                {
                    owner.Pack(item, output, g, h);
                }
            }
        }
    }

    /// <summary>Computes the derivatives of whole queries.</summary>
    private readonly struct Queries(PackedDerivatives owner) : ITeamWork
    {
        public void Run(int item, int member)
        {
            ReadOnlySpan<int> own = owner.queries!.Of(item);
            float[] memory = owner.scratch[member] ??= new float[5 * owner.queries.LargestCount];
            Span<float> gradients = memory.AsSpan(3 * own.Length, own.Length), hessians = memory.AsSpan(4 * own.Length, own.Length);
            owner.loss.Derivatives(owner.rows.QueryOf(own, owner.weights.Factors, memory), gradients, hessians);
            float* g = owner.Gradients(0), h = owner.Hessians(0);
            for (int i = 0; i < own.Length; i++)
            {
                (g[own[i]], h[own[i]]) = (gradients[i], hessians[i]);
            }
        }
    }

    /// <summary>Multiplies kept derivatives by the rows' factors and measures them. Partial sums go by blocks: they do not depend on the threads.</summary>
    private readonly struct Measures(PackedDerivatives owner, float[]? factors) : ITeamWork
    {
        public void Run(int item, int member)
        {
            var (first, count) = LabelledRows.Block(item, owner.rows.PaddedRows);
            float largestGradient = 0, largestHessian = 0;
            double gradientSum = 0, hessianSum = 0;
            for (int output = 0; output < owner.rows.OutputCount; output++)
            {
                float* g = owner.Gradients(output) + first, h = owner.Hessians(output) + first;
                for (int i = 0; i < count; i++)
                {
                    if (factors is not null)
                    {
                        g[i] *= factors[first + i];
                        h[i] *= factors[first + i];
                    }

                    float size = MathF.Abs(g[i]);
                    largestGradient = MathF.Max(largestGradient, size);
                    largestHessian = MathF.Max(largestHessian, h[i]);
                    gradientSum += size;
                    hessianSum += h[i];
                }
            }

            owner.ranges[item] = new DerivativeRange(largestGradient, largestHessian, gradientSum, hessianSum);
        }
    }

    private readonly struct Packs(PackedDerivatives owner) : ITeamWork
    {
        public void Run(int item, int member)
        {
            var (first, count) = LabelledRows.Block(item, owner.rows.PaddedRows);
            for (int output = 0; output < owner.rows.OutputCount; output++)
            {
                owner.Pack(item, output, new ReadOnlySpan<float>(owner.Gradients(output) + first, count), new ReadOnlySpan<float>(owner.Hessians(output) + first, count));
            }
        }
    }
}
