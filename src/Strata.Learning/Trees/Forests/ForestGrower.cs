using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows trees to the end, node by node, trying a few random columns at each; one thread, one tree at a time.</summary>
internal sealed unsafe class ForestGrower
{
    private readonly BinnedTable table;
    private readonly ForestTarget target;
    private readonly ForestLimits limits;
    private readonly NodeSearch search;
    private readonly int[] columns;
    private readonly Stack<Pending> pending = [];
    private readonly double[] wholeMeans;

    public ForestGrower(BinnedTable table, ForestTarget target, ForestLimits limits, int capacity)
    {
        (this.table, this.target, this.limits) = (table, target, limits);
        search = NodeSearch.For(target, limits.MinRowsPerLeaf);
        columns = new int[table.ColumnCount];
        wholeMeans = new double[target.Width];
        Rows = new NodeRows(capacity);
    }

    /// <summary>The next tree's rows, to be filled before <see cref="Grow"/>.</summary>
    public NodeRows Rows { get; }

    public GrownTree Grow(RandomSource random, CancellationToken cancellation)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = i;
        }

        var tree = new GrownTree(target.Width);
        search.Enter(Rows, 0, Rows.Count);
        search.LeafValues(wholeMeans);
        double wholeWeight = search.Weight;
        pending.Clear();
        pending.Push(new Pending(Leaf(tree, Rows.Count), 0, Rows.Count, 0));
        while (pending.TryPop(out Pending node))
        {
            cancellation.ThrowIfCancellationRequested();
            search.Enter(Rows, node.Start, node.Count);
            if (node.Depth >= limits.MaxDepth || node.Count < 2 || search.Weight < 2 * limits.MinRowsPerLeaf || search.IsPure)
            {
                continue;
            }

            double ownScore = search.OwnScore;
            Split split = BestSplit(node, ownScore * (1 + 1e-12) + limits.MinGain * wholeWeight / target.SquaredUnit, random);
            if (split.IsFound)
            {
                Divide(tree, node, split, (split.Score - ownScore) * target.SquaredUnit);
            }
        }

        return tree;
    }

    private Split BestSplit(Pending node, double floor, RandomSource random)
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
            tried += search.Search(column, table.Bins[column], table.Column(column), Rows, node.Start, node.Count, floor, ref best) ? 1 : 0;
        }

        return best;
    }

    private void Divide(GrownTree tree, Pending node, in Split split, double gain)
    {
        int leftCount = Rows.Divide(node.Start, node.Count, table.Column(split.Column), split.Left);
        int rightCount = node.Count - leftCount, middle = node.Start + leftCount;
        search.Enter(Rows, node.Start, leftCount);
        int left = Leaf(tree, leftCount);
        search.Enter(Rows, middle, rightCount);
        int right = Leaf(tree, rightCount);
        tree.SetSplit(node.Index, split, left, right, gain);
        pending.Push(new Pending(right, middle, rightCount, node.Depth + 1));
        pending.Push(new Pending(left, node.Start, leftCount, node.Depth + 1));
    }

    /// <summary>Adds the entered node as a leaf.</summary>
    private int Leaf(GrownTree tree, int rowCount)
    {
        Span<double> values = stackalloc double[target.Width];
        search.LeafValues(values);
        double own = search.Weight / (search.Weight + limits.LeafSmoothing);
        for (int k = 0; own < 1 && k < values.Length; k++)
        {
            values[k] = own * values[k] + (1 - own) * wholeMeans[k];
        }

        return tree.Add(values, search.Weight, rowCount);
    }

    private readonly record struct Pending(int Index, int Start, int Count, int Depth);
}
