using Strata.Learning.Trees.Binning;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>
/// Grows one tree after the other on the same table, always splitting the leaf that gains most. The smaller child's histogram is added up from its rows, the
/// larger one's is the parent's minus that. Holds all memory that growing needs; one tree at a time.
/// </summary>
internal sealed unsafe class TreeGrower : IDisposable
{
    private readonly BinnedTable table;
    private readonly GrowthLimits limits;
    private readonly HistogramBuilder histograms;
    private readonly List<GrowingLeaf> leaves = [];
    private readonly RowWeights weights;
    private GradientPacking packing;

    public TreeGrower(BinnedTable table, RowWeights weights, GrowthLimits limits, ThreadTeam team)
    {
        (this.table, this.weights, this.limits) = (table, weights, limits);
        Rows = new RowLists(table.RowCount, team);
        histograms = new HistogramBuilder(table, Rows, limits.Categories, team);
    }

    /// <summary>The rows of the last tree's leaves.</summary>
    public RowLists Rows { get; }

    /// <summary>The leaves of the last tree, with their places in <see cref="Rows"/>.</summary>
    public IReadOnlyList<GrowingLeaf> Leaves => leaves;

    /// <param name="rows">The rows to learn from, at least one.</param>
    /// <param name="words">Packed derivatives by row of the table.</param>
    /// <param name="wordPacking">How they are packed.</param>
    /// <param name="allowedColumns">Which columns may be split on; null for all.</param>
    /// <param name="cancellation">Looked at before each split.</param>
    public GrownTree Grow(ReadOnlySpan<int> rows, long* words, GradientPacking wordPacking, bool[]? allowedColumns, CancellationToken cancellation)
    {
        packing = wordPacking;
        Rows.Reset(rows);
        histograms.Start(words, packing, allowedColumns);
        leaves.Clear();
        var tree = new GrownTree(1);
        leaves.Add(Root(tree));
        while (leaves.Count < limits.MaxLeaves && BestLeaf() is >= 0 and int best)
        {
            cancellation.ThrowIfCancellationRequested();
            Divide(tree, best);
        }

        foreach (GrowingLeaf leaf in leaves)
        {
            histograms.Release(leaf);
        }

        return tree;
    }

    public void Dispose()
    {
        histograms.Dispose();
        Rows.Dispose();
    }

    private int BestLeaf()
    {
        int best = -1;
        double bestGain = 0;
        for (int i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Split.IsFound && leaves[i].Gain is double gain && (best < 0 || gain > bestGain))
            {
                (best, bestGain) = (i, gain);
            }
        }

        return best;
    }

    private GrowingLeaf Root(GrownTree tree)
    {
        var root = new GrowingLeaf { Start = 0, Count = Rows.Count, Depth = 0, Weight = weights.Sum(Rows.Rows, Rows.Count) };
        histograms.BuildRoot(root);
        Enter(tree, root);
        if (limits.MaxLeaves > 1 && MaySplit(root))
        {
            histograms.SearchRoot(root);
        }

        return root;
    }

    /// <summary>Splits a leaf in two: the left child takes its place among the leaves, the right one goes to the end.</summary>
    private void Divide(GrownTree tree, int place)
    {
        GrowingLeaf parent = leaves[place];
        Split split = parent.Split;
        int leftCount = Rows.Divide(parent.Start, parent.Count, table.Column(split.Column), split);
        var left = new GrowingLeaf
        {
            Start = parent.Start,
            Count = leftCount,
            Depth = parent.Depth + 1,
            Gradient = split.LeftGradient,
            Hessian = split.LeftHessian,
        };
        var right = new GrowingLeaf
        {
            Start = parent.Start + leftCount,
            Count = parent.Count - leftCount,
            Depth = parent.Depth + 1,
            Gradient = parent.Gradient - split.LeftGradient,
            Hessian = parent.Hessian - split.LeftHessian,
        };
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        small.Weight = weights.Sum(Rows.Rows + small.Start, small.Count);
        large.Weight = parent.Weight - small.Weight;
        Enter(tree, left);
        Enter(tree, right);
        tree.SetSplit(parent.Node, split, left.Node, right.Node, parent.Gain * packing.ScoreScale);
        leaves[place] = left;
        leaves.Add(right);
        bool last = leaves.Count == limits.MaxLeaves;
        histograms.SearchChildren(parent, small, !last && MaySplit(small), large, !last && MaySplit(large));
    }

    private void Enter(GrownTree tree, GrowingLeaf leaf)
    {
        double gradient = leaf.Gradient / packing.GradientScale, hessian = leaf.Hessian / packing.HessianScale;
        double shrunk = Math.CopySign(Math.Max(Math.Abs(gradient) - limits.L1, 0), gradient);
        leaf.Node = tree.Add([-limits.LearningRate * shrunk / (hessian + limits.L2)], hessian, leaf.Count);
        leaf.Question = SplitQuestion.Of(leaf.Gradient, leaf.Hessian, weights.InRows(leaf.Weight), limits, packing);
    }

    private bool MaySplit(GrowingLeaf leaf) => leaf.Depth < limits.MaxDepth && leaf.Count >= 2 && leaf.Hessian >= 2 * leaf.Question.MinHessian;
}
