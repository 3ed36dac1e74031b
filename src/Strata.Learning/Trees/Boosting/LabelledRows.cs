using Strata.Learning.Losses;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>Binned rows with their targets and current raw scores, padded to whole vector blocks by rows of weight zero.</summary>
internal sealed unsafe class LabelledRows : IDisposable
{
    public const int BlockRows = 4096;

    private readonly AlignedBuffer<float> scores;
    private readonly double[] partialSums;

    public LabelledRows(BinnedTable bins, float[] targets, int outputCount)
    {
        (Bins, Targets, OutputCount) = (bins, targets, outputCount);
        scores = new AlignedBuffer<float>((long)outputCount * targets.Length, hugePages: true);
        partialSums = new double[BlockCount];
    }

    public BinnedTable Bins { get; }

    public int RowCount => Bins.RowCount;

    /// <summary>Class codes, or numbers relative to the fit's centre [padded rows].</summary>
    public float[] Targets { get; }

    public int OutputCount { get; }

    public int PaddedRows => Targets.Length;

    public int BlockCount => (PaddedRows + BlockRows - 1) / BlockRows;

    public float* Scores(int output) => scores.Pointer + (long)output * PaddedRows;

    /// <summary>Targets of a table in the signature's class codes, padded.</summary>
    /// <param name="target">The table's target.</param>
    /// <param name="codeOf">The signature's code for each of the target's codes.</param>
    /// <param name="centre">What is subtracted from numbers.</param>
    public static float[] PaddedTargets(Target target, int[] codeOf, double centre)
    {
        var padded = new float[LossBlock.Padded(target.Count)];
        for (int row = 0; row < target.Count; row++)
        {
            padded[row] = target is ClassTarget classes ? codeOf[classes.Codes[row]] : (float)(((NumberTarget)target).Values[row] - centre);
        }

        return padded;
    }

    public static (int First, int Count) Block(int block, int paddedRows) => (block * BlockRows, Math.Min(BlockRows, paddedRows - block * BlockRows));

    /// <summary>One block's targets and scores; with several outputs the scores are copied so that they lie together.</summary>
    public LossBlock BlockOf(int block, float[] weights, Span<float> copy)
    {
        var (first, count) = Block(block, PaddedRows);
        ReadOnlySpan<float> own = new(Scores(0) + first, count);
        if (OutputCount > 1)
        {
            for (int output = 0; output < OutputCount; output++)
            {
                new ReadOnlySpan<float>(Scores(output) + first, count).CopyTo(copy[(output * BlockRows)..]);
            }

            own = copy;
        }

        return new LossBlock(Targets.AsSpan(first, count), weights.AsSpan(first, count), own, BlockRows);
    }

    /// <summary>The targets, weights and scores of one query's rows, gathered so that they lie together.</summary>
    /// <param name="rows">The query's rows.</param>
    /// <param name="weights">A weight a row of the table.</param>
    /// <param name="memory">Room for three numbers a row.</param>
    public LossBlock QueryOf(ReadOnlySpan<int> rows, float[] weights, Span<float> memory)
    {
        int count = rows.Length;
        Span<float> targets = memory[..count], own = memory.Slice(count, count), scored = memory.Slice(2 * count, count);
        float* from = Scores(0);
        for (int i = 0; i < count; i++)
        {
            (targets[i], own[i], scored[i]) = (Targets[rows[i]], weights[rows[i]], from[rows[i]]);
        }

        return new LossBlock(targets, own, scored, count);
    }

    /// <summary>The sum of the loss over all rows with the given weights; partial sums are added in the order of rows.</summary>
    public double Sum(ILoss loss, float[] weights, ThreadTeam team)
    {
        team.Run(BlockCount, (block, _) =>
        {
            Span<float> copy = OutputCount == 1 ? [] : new float[OutputCount * BlockRows];
            partialSums[block] = loss.Sum(BlockOf(block, weights, copy));
        });
        return partialSums.Sum();
    }

    /// <summary>Adds a tree's values to the scores of the listed rows, each walked through the tree.</summary>
    public void AddByWalking(GrownTree tree, int output, int[] rows, double scale, ThreadTeam team)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var walk = new Walk(this, tree, new BinnedWalk(tree), output, rows, scale);
        team.Run(ref walk, (rows.Length + BlockRows - 1) / BlockRows);
    }

    /// <summary>Adds a tree's values to the scores of the rows that it was grown on, whose leaves are known.</summary>
    public void AddByLeaf(GrownTree tree, TreeGrower grower, int output, double scale, ThreadTeam team)
    {
        var add = new AddLeaves(this, tree, grower, output, scale);
        team.Run(ref add, (grower.Rows.Count + BlockRows - 1) / BlockRows);
    }

    public void Dispose()
    {
        scores.Dispose();
        Bins.Dispose();
    }

    private readonly struct Walk(LabelledRows owner, GrownTree tree, BinnedWalk leavesOf, int output, int[] rows, double scale) : ITeamWork
    {
        public void Run(int item, int member)
        {
            float* scores = owner.Scores(output);
            ReadOnlySpan<int> own = rows.AsSpan(item * BlockRows, Math.Min(BlockRows, rows.Length - item * BlockRows));
            Span<int> leaves = stackalloc int[BlockRows];
            leavesOf.Leaves(owner.Bins, own, leaves);
            for (int i = 0; i < own.Length; i++)
            {
                scores[own[i]] += (float)(scale * tree.Values(leaves[i])[0]);
            }
        }
    }

    private readonly struct AddLeaves(LabelledRows owner, GrownTree tree, TreeGrower grower, int output, double scale) : ITeamWork
    {
        public void Run(int item, int member)
        {
            float* scores = owner.Scores(output);
            int from = item * BlockRows, to = Math.Min(grower.Rows.Count, from + BlockRows);
            uint* rows = grower.Rows.Rows;
            foreach (GrowingLeaf leaf in grower.Leaves)
            {
                float value = (float)(scale * tree.Values(leaf.Node)[0]);
                int end = Math.Min(to, leaf.Start + leaf.Count);
                for (int i = Math.Max(from, leaf.Start); i < end; i++)
                {
                    scores[rows[i]] += value;
                }
            }
        }
    }
}
