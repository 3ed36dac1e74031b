using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Brings a file's trees into an ensemble: nodes level by level from the root, so that children follow their parent whatever the file's order; nodes that no parent has are left behind.</summary>
internal sealed class TreeGraft(TreeEnsembleBuilder builder, IReadOnlyDictionary<int, CategoryCodes> codes, int valueWidth)
{
    /// <param name="tree">The file's tree.</param>
    /// <param name="factor">What its values are multiplied by.</param>
    /// <param name="offset">Where in a leaf's values the tree's value goes; the others are 0.</param>
    /// <param name="output">The first output that the tree adds to.</param>
    /// <exception cref="ModelFileException">The nodes are no tree.</exception>
    public void Add(ForeignTree tree, double factor, int offset, int output)
    {
        FillInnerValues(tree, Order(tree));
        var values = new double[valueWidth];
        var waiting = new Queue<(int From, int To)>();
        int Place(int from)
        {
            values[offset] = tree.Value[from] * factor;
            int to = builder.AddLeaf(values, tree.Cover[from], tree.RowCount[from]);
            waiting.Enqueue((from, to));
            return to;
        }

        Place(0);
        while (waiting.TryDequeue(out (int From, int To) node))
        {
            if (tree.IsLeaf(node.From))
            {
                continue;
            }

            int left = Place(tree.Left[node.From]), right = Place(tree.Right[node.From]), feature = tree.Feature[node.From];
            if (tree.LeftCodes[node.From] is int[] leftCodes)
            {
                builder.SplitCategories(node.To, feature, codes[feature].OfAll(leftCodes), tree.MissingLeft[node.From], left, right, tree.Gain[node.From]);
            }
            else
            {
                builder.Split(node.To, feature, tree.Threshold[node.From], tree.MissingLeft[node.From], left, right, tree.Gain[node.From]);
            }
        }

        builder.EndTree(output);
    }

    /// <summary>The nodes that the root leads to, parents before children.</summary>
    /// <exception cref="ModelFileException">A child is not there, or has two parents.</exception>
    public static List<int> Order(ForeignTree tree)
    {
        var order = new List<int>(tree.NodeCount) { 0 };
        var claimed = new bool[tree.NodeCount];
        claimed[0] = true;
        for (int i = 0; i < order.Count; i++)
        {
            int node = order[i];
            if (tree.IsLeaf(node))
            {
                continue;
            }

            foreach (int child in (int[])[tree.Left[node], tree.Right[node]])
            {
                if (child < 0 || child >= tree.NodeCount || claimed[child])
                {
                    throw new ModelFileException($"{tree.Place}: node {node} has the child {child}; expected another node of the tree's {tree.NodeCount} that no other node has as a child.");
                }

                claimed[child] = true;
                order.Add(child);
            }
        }

        return order;
    }

    /// <summary>An inner node of which the file does not say what it would add as a leaf adds the mean of what its rows get.</summary>
    private static void FillInnerValues(ForeignTree tree, List<int> order)
    {
        foreach (int node in Enumerable.Reverse(order).Where(node => !tree.IsLeaf(node) && double.IsNaN(tree.Value[node])))
        {
            int left = tree.Left[node], right = tree.Right[node];
            double cover = tree.Cover[left] + tree.Cover[right], share = cover > 0 ? tree.Cover[left] / cover : 0.5;
            tree.Value[node] = share * tree.Value[left] + (1 - share) * tree.Value[right];
        }
    }
}
