using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Trees.Exchange;

/// <summary>
/// An ensemble of trees as one ONNX operation. Every question is whether a float64 is at most a bound; a split by categories asks it of a column of its own, which holds 0 for
/// the levels that go left and 1 for the others, looked up by the level's code. So no tree grows by it, however large the set is.
/// </summary>
internal sealed class OnnxTrees
{
    private readonly TreeEnsemble trees;
    private readonly OnnxTable rows;
    private readonly Dictionary<(int Set, bool MissingLeft, int Feature), int> askedSets = [];
    private readonly Dictionary<int, List<int>> asking = [];

    private OnnxTrees(TreeEnsemble trees, OnnxTable rows)
    {
        (this.trees, this.rows) = (trees, rows);
        for (int node = 0; node < trees.NodeCount; node++)
        {
            if (trees.CategorySet[node] >= 0 && askedSets.TryAdd(Key(node), 0))
            {
                (asking.TryGetValue(trees.Feature[node], out List<int>? nodes) ? nodes : asking[trees.Feature[node]] = []).Add(node);
            }
        }
    }

    /// <summary>The raw scores of rows in the columns of the trees: float64 [rows, outputs].</summary>
    public static OnnxValue Scores(TreeEnsemble trees, OnnxTable rows) =>
        trees.TreeCount == 0 ? rows.Repeated(trees.BaseScores) : new OnnxTrees(trees, rows).Sums(trees.BaseScores, (tree, part) => trees.TreeOutput[tree] + part);

    /// <summary>What each tree says by itself, of trees with one number a leaf: float64 [rows, trees].</summary>
    public static OnnxValue Leaves(TreeEnsemble trees, OnnxTable rows) => new OnnxTrees(trees, rows).Sums(new double[trees.TreeCount], (tree, _) => tree);

    /// <param name="bases">What each sum starts from.</param>
    /// <param name="outputOf">Of a tree and the part of its leaves' values, the sum that it adds to.</param>
    private OnnxValue Sums(double[] bases, Func<int, int, int> outputOf)
    {
        OnnxValue columns = Columns();
        int[] leaves = [.. Enumerable.Range(0, trees.NodeCount).Where(trees.IsLeaf)], inner = [.. Enumerable.Range(0, trees.NodeCount)];
        int[] treeOf = TreeOf();
        (int Node, int Part)[] parts = [.. from leaf in leaves from part in Enumerable.Range(0, trees.ValueWidth) select (leaf, part)];
        long Id(int node) => node - trees.TreeStart[treeOf[node]];
        OnnxAttribute[] attributes =
        [
            new("n_targets", (long)bases.Length),
            new("aggregate_function", "SUM"),
            new("post_transform", "NONE"),
            new("base_values_as_tensor", OnnxTensor.Of(OnnxElement.Double, [bases.Length], bases)),
            new("nodes_treeids", (long[])[.. inner.Select(node => (long)treeOf[node])]),
            new("nodes_nodeids", (long[])[.. inner.Select(Id)]),
            new("nodes_featureids", (long[])[.. inner.Select(FeatureOf)]),
            new("nodes_modes", (string[])[.. inner.Select(node => trees.IsLeaf(node) ? "LEAF" : "BRANCH_LEQ")]),
            new("nodes_values_as_tensor", OnnxTensor.Of(OnnxElement.Double, [trees.NodeCount], inner.Select(node => trees.IsLeaf(node) ? 0 : trees.CategorySet[node] >= 0 ? 0.5 : trees.Threshold[node]))),
            new("nodes_truenodeids", (long[])[.. inner.Select(node => trees.IsLeaf(node) ? 0 : Id(trees.Left[node]))]),
            new("nodes_falsenodeids", (long[])[.. inner.Select(node => trees.IsLeaf(node) ? 0 : Id(trees.Right[node]))]),
            new("nodes_missing_value_tracks_true", (long[])[.. inner.Select(node => (long)(trees.IsLeaf(node) ? 0 : trees.MissingLeft[node]))]),
            new("target_treeids", (long[])[.. parts.Select(part => (long)treeOf[part.Node])]),
            new("target_nodeids", (long[])[.. parts.Select(part => Id(part.Node))]),
            new("target_ids", (long[])[.. parts.Select(part => (long)outputOf(treeOf[part.Node], part.Part))]),
            new("target_weights_as_tensor", OnnxTensor.Of(OnnxElement.Double, [parts.Length], parts.Select(part => trees.Value[part.Node * trees.ValueWidth + part.Part]))),
        ];
        return rows.Graph.Add("TreeEnsembleRegressor", OnnxNode.MachineLearning, OnnxElement.Float, [columns], attributes).As(OnnxElement.Double);
    }

    /// <summary>The columns, and behind them one for every different set that is asked.</summary>
    private OnnxValue Columns()
    {
        var parts = new List<OnnxValue> { rows.Numbers() };
        int place = trees.FeatureCount;
        foreach ((int feature, List<int> nodes) in asking)
        {
            var column = (CategoryColumn)rows.Columns.Columns[feature];
            var table = new List<double>();
            for (int code = -1; code < column.Levels.Count; code++)
            {
                table.AddRange(nodes.Select(node => trees.GoesLeft(node, code < 0 ? double.NaN : code) ? 0.0 : 1));
            }

            OnnxValue codes = (rows[column.Name] + 1).Reshape(-1);
            parts.Add(rows.Graph.Constant("sets", OnnxElement.Double, [column.Levels.Count + 1, nodes.Count], table).Gather(codes));
            foreach (int node in nodes)
            {
                askedSets[Key(node)] = place++;
            }
        }

        return rows.Graph.Join(parts);
    }

    private long FeatureOf(int node) => trees.IsLeaf(node) ? 0 : trees.CategorySet[node] >= 0 ? askedSets[Key(node)] : trees.Feature[node];

    private (int, bool, int) Key(int node) => (trees.CategorySet[node], trees.MissingLeft[node] != 0, trees.Feature[node]);

    private int[] TreeOf()
    {
        var treeOf = new int[trees.NodeCount];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            treeOf.AsSpan(trees.TreeStart[tree]..trees.TreeStart[tree + 1]).Fill(tree);
        }

        return treeOf;
    }
}
