using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows trees to the end, node by node, trying a few random columns at each; one thread, one tree at a time.</summary>
internal sealed unsafe class ForestGrower : IDisposable
{
    private readonly BinnedTable table;
    private readonly ForestTarget target;
    private readonly ForestLimits limits;
    private readonly NodeSearch search;
    private readonly NodeColumns near;
    private readonly int[] columns;
    private readonly Stack<Pending> pending = [];
    private readonly double[] wholeMeans, rowsPerWeight;

    /// <param name="table">What is split.</param>
    /// <param name="target">What is learned.</param>
    /// <param name="limits">How far trees grow.</param>
    /// <param name="capacity">The most rows of a tree.</param>
    /// <param name="balancedClasses">How many classes have factors in their rows' weights; 0 when none has.</param>
    public ForestGrower(BinnedTable table, ForestTarget target, ForestLimits limits, int capacity, int balancedClasses = 0)
    {
        (this.table, this.target, this.limits) = (table, target, limits);
        rowsPerWeight = new double[balancedClasses];
        search = NodeSearch.For(target, limits, balancedClasses > 0 ? rowsPerWeight : null);
        near = new NodeColumns(table);
        columns = new int[table.ColumnCount];
        wholeMeans = new double[target.Width];
        Rows = new NodeRows(capacity);
    }

    /// <summary>The next tree's rows, to be filled before <see cref="Grow"/>.</summary>
    public NodeRows Rows { get; }

    /// <param name="random">The tree's chance.</param>
    /// <param name="cancellation">Looked at before each split.</param>
    /// <param name="classFactors">By what the weights of each class's rows were multiplied; empty when they were not.</param>
    public GrownTree Grow(RandomSource random, CancellationToken cancellation, ReadOnlySpan<double> classFactors = default)
    {
        for (int k = 0; k < classFactors.Length; k++)
        {
            rowsPerWeight[k] = 1 / classFactors[k];
        }

        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = i;
        }

        var tree = new GrownTree(target.Width);
        search.Enter(Rows, 0, Rows.Count);
        search.LeafValues(wholeMeans);
        double wholeWeight = search.Weight;
        pending.Clear();
        AddNode(tree, new Pending(0, 0, Rows.Count, 0, false));
        while (pending.TryPop(out Pending node))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!node.IsNear && node.Count <= NodeColumns.MostRows)
            {
                near.Take(Rows.Rows + node.Start, node.Count);
                node = node with { IsNear = true };
            }

            search.Enter(Rows, node.Start, node.Count);
            double ownScore = search.OwnScore;
            Split split = BestSplit(node, ownScore + 1e-12 * Math.Abs(ownScore) + limits.MinGain * wholeWeight / target.SquaredUnit, random);
            if (split.IsFound)
            {
                Divide(tree, node, split, (split.Score - ownScore) * target.SquaredUnit);
            }
        }

        return tree;
    }

    public void Dispose()
    {
        search.Dispose();
        near.Dispose();
        Rows.Dispose();
    }

    private Split BestSplit(in Pending node, double floor, RandomSource random)
    {
        Split best = Split.None;
        int tried = 0;
        for (int i = 0; i < columns.Length && (tried < limits.ColumnsPerSplit || !best.IsFound); i++)
        {
            // All columns are tried in order, so that equal splits fall to the first; a few are drawn.
            if (limits.ColumnsPerSplit < columns.Length)
            {
                int other = i + random.NextInt(columns.Length - i);
                (columns[i], columns[other]) = (columns[other], columns[i]);
            }

            int column = columns[i];
            tried += search.Search(column, table.Bins[column], Column(node, column), floor, random, ref best) ? 1 : 0;
        }

        return best;
    }

    private byte* Column(in Pending node, int column) => node.IsNear ? near.Column(column) : table.Column(column);

    private void Divide(GrownTree tree, in Pending node, in Split split, double gain)
    {
        int leftCount = Rows.Divide(node.Start, node.Count, Column(node, split.Column), split.Left);
        var left = new Pending(tree.Nodes.Count, node.Start, leftCount, node.Depth + 1, node.IsNear);
        var right = new Pending(tree.Nodes.Count + 1, node.Start + leftCount, node.Count - leftCount, node.Depth + 1, node.IsNear);
        tree.SetSplit(node.Index, split, left.Index, right.Index, gain);
        AddNode(tree, left);
        AddNode(tree, right);
    }

    /// <summary>Adds a leaf, to be divided later where it can be. The last one added is divided first, and all below it before any other.</summary>
    private void AddNode(GrownTree tree, in Pending node)
    {
        search.Enter(Rows, node.Start, node.Count);
        Span<double> values = stackalloc double[target.Width];
        search.LeafValues(values);
        double own = search.Weight / (search.Weight + limits.LeafSmoothing);
        for (int k = 0; own < 1 && k < values.Length; k++)
        {
            values[k] = own * values[k] + (1 - own) * wholeMeans[k];
        }

        tree.Add(values, search.Weight, node.Count);
        if (node.Depth < limits.MaxDepth && node.Count >= 2 && search.RowWeight >= Math.Max(limits.MinRowsPerSplit, 2 * limits.MinRowsPerLeaf) * (1 - 1e-12) && !search.IsPure)
        {
            pending.Push(node);
        }
    }

    /// <param name="Index">In the tree.</param>
    /// <param name="Start">First of its rows.</param>
    /// <param name="Count">How many rows.</param>
    /// <param name="Depth">Splits above it.</param>
    /// <param name="IsNear">Whether its rows' bins are in the copy for small subtrees.</param>
    private readonly record struct Pending(int Index, int Start, int Count, int Depth, bool IsNear);
}
