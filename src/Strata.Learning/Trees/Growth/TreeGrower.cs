using Strata.Learning.Trees.Binning;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>
/// Grows one tree after the other on the same table, always splitting the leaf that gains most or, level by level, the shallowest. The smaller child's histogram is
/// added up from its rows, the larger one's is the parent's minus that. Holds all memory that growing needs; one tree at a time.
/// </summary>
internal sealed unsafe class TreeGrower : IDisposable
{
    /// <summary>Room for nodes that a tree starts with at the most.</summary>
    private const int UsualNodes = 1023;

    private readonly BinnedTable table;
    private readonly GrowthLimits limits;
    private readonly GrowthConstraints constraints;
    private readonly ColumnChoice columnChoice;
    private readonly HistogramBuilder histograms;
    private readonly List<GrowingLeaf> leaves = [];
    private readonly PriorityQueue<int, (double Rank, int Place)> waiting = new();
    private readonly RowWeights weights;
    private readonly SparseMarks? marks;
    private GradientPacking packing;

    public TreeGrower(BinnedTable table, RowWeights weights, GrowthLimits limits, GrowthConstraints constraints, ThreadTeam team)
    {
        (this.table, this.weights, this.limits, this.constraints) = (table, weights, limits, constraints);
        Rows = new RowLists(table.RowCount, team);
        marks = table.Sparse is null ? null : new SparseMarks(table.Sparse, table.RowCount);
        columnChoice = new ColumnChoice(limits, constraints.Groups, table.ColumnCount);
        histograms = new HistogramBuilder(table, Rows, limits, constraints, team);
    }

    /// <summary>The rows of the last tree's leaves.</summary>
    public RowLists Rows { get; }

    /// <summary>The leaves of the last tree, with their places in <see cref="Rows"/>.</summary>
    public IReadOnlyList<GrowingLeaf> Leaves => leaves;

    /// <param name="rows">The rows to learn from, at least one.</param>
    /// <param name="words">Packed derivatives by row of the table.</param>
    /// <param name="wordPacking">How they are packed.</param>
    /// <param name="columns">Draws the columns that may be split on; of this tree's own.</param>
    /// <param name="cancellation">Looked at before each split.</param>
    public GrownTree Grow(ReadOnlySpan<int> rows, long* words, GradientPacking wordPacking, RandomSource columns, CancellationToken cancellation)
    {
        packing = wordPacking;
        Rows.Reset(rows);
        histograms.Start(words, packing);
        columnChoice.Start(columns);
        leaves.Clear();
        waiting.Clear();
        var tree = new GrownTree(1, Math.Min(2 * Math.Min(limits.MaxLeaves, rows.Length) - 1, UsualNodes));
        leaves.Add(Root(tree));
        Wait(0);
        while (leaves.Count < limits.MaxLeaves && waiting.TryDequeue(out int place, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            Divide(tree, place);
            Wait(place);
            Wait(leaves.Count - 1);
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
        marks?.Dispose();
        Rows.Dispose();
    }

    /// <summary>Puts a leaf that has a split in line: by its gain, or by its depth and then its age.</summary>
    private void Wait(int place)
    {
        GrowingLeaf leaf = leaves[place];
        if (leaf.Split.IsFound)
        {
            waiting.Enqueue(place, limits.Policy == GrowthPolicy.LevelWise ? (leaf.Depth, leaf.Node) : (-leaf.Gain, place));
        }
    }

    private GrowingLeaf Root(GrownTree tree)
    {
        var root = new GrowingLeaf { Start = 0, Count = Rows.Count, Depth = 0, Weight = weights.Sum(Rows.Rows, Rows.Count) };
        histograms.BuildRoot(root);
        root.Question = SplitQuestion.Of(root.Gradient, root.Hessian, weights.InRows(root.Weight), limits, packing);
        Enter(tree, root);
        if (limits.MaxLeaves > 1 && MaySplit(root))
        {
            root.Columns = columnChoice.For(0, []);
            histograms.SearchRoot(root);
        }

        return root;
    }

    /// <summary>Splits a leaf in two: the left child takes its place among the leaves, the right one goes to the end.</summary>
    private void Divide(GrownTree tree, int place)
    {
        GrowingLeaf parent = leaves[place];
        Split split = parent.Split;
        int leftCount = table.IsDense(split.Column)
            ? Rows.Divide(parent.Start, parent.Count, table.Column(split.Column), split)
            : marks!.Divide(Rows, parent.Start, parent.Count, split);
        int[] above = Array.IndexOf(parent.ColumnsAbove, split.Column) >= 0 ? parent.ColumnsAbove : [.. parent.ColumnsAbove, split.Column];
        var left = new GrowingLeaf
        {
            Start = parent.Start,
            Count = leftCount,
            Depth = parent.Depth + 1,
            ColumnsAbove = above,
            Gradient = split.LeftGradient,
            Hessian = split.LeftHessian,
        };
        var right = new GrowingLeaf
        {
            Start = parent.Start + leftCount,
            Count = parent.Count - leftCount,
            Depth = parent.Depth + 1,
            ColumnsAbove = above,
            Gradient = parent.Gradient - split.LeftGradient,
            Hessian = parent.Hessian - split.LeftHessian,
        };
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        small.Weight = weights.Sum(Rows.Rows + small.Start, small.Count);
        large.Weight = parent.Weight - small.Weight;
        Bound(parent, left, right);
        Enter(tree, left);
        Enter(tree, right);
        tree.SetSplit(parent.Node, split, left.Node, right.Node, parent.Gain * packing.ScoreScale);
        leaves[place] = left;
        leaves.Add(right);
        bool last = leaves.Count == limits.MaxLeaves;
        bool searchLeft = !last && MaySplit(left), searchRight = !last && MaySplit(right);
        left.Columns = searchLeft ? columnChoice.For(left.Depth, above) : null;
        right.Columns = searchRight ? columnChoice.For(right.Depth, above) : null;
        histograms.SearchChildren(parent, small, small == left ? searchLeft : searchRight, large, large == left ? searchLeft : searchRight);
    }

    /// <summary>
    /// Children inherit their parent's bounds. A split on a column that is bound to a direction also sets the middle of both sides' values as a bound between them,
    /// so that nothing that grows on one side can pass anything on the other.
    /// </summary>
    private void Bound(GrowingLeaf parent, GrowingLeaf left, GrowingLeaf right)
    {
        SplitQuestion asked = parent.Question;
        var (lowest, highest) = (asked.Lowest, asked.Highest);
        double leftHighest = highest, leftLowest = lowest, rightHighest = highest, rightLowest = lowest;
        int direction = parent.Split.IsOrdered ? constraints.Direction(parent.Split.Column) : 0;
        if (direction != 0)
        {
            double middle = (asked.ValueOf(left.Gradient, left.Hessian, asked.L2) + asked.ValueOf(right.Gradient, right.Hessian, asked.L2)) / 2;
            (leftLowest, leftHighest) = direction > 0 ? (lowest, middle) : (middle, highest);
            (rightLowest, rightHighest) = direction > 0 ? (middle, highest) : (lowest, middle);
        }

        left.Question = SplitQuestion.Of(left.Gradient, left.Hessian, weights.InRows(left.Weight), limits, packing, leftLowest, leftHighest, asked.Value, parent.Split.ExtraL2);
        right.Question = SplitQuestion.Of(right.Gradient, right.Hessian, weights.InRows(right.Weight), limits, packing, rightLowest, rightHighest, asked.Value, parent.Split.ExtraL2);
    }

    private void Enter(GrownTree tree, GrowingLeaf leaf)
    {
        double value = leaf.Question.Value * packing.HessianScale / packing.GradientScale;
        leaf.Node = tree.Add([limits.LearningRate * value], leaf.Hessian / packing.HessianScale, leaf.Count);
    }

    private bool MaySplit(GrowingLeaf leaf) => leaf.Depth < limits.MaxDepth && leaf.Count >= 2 && leaf.Hessian >= 2 * leaf.Question.MinHessian;
}
