using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Reads one tree of an XGBoost model.</summary>
/// <remarks>
/// XGBoost's rules: a number goes left when, rounded to float, it is below the threshold; a category goes right when it is in the node's set; what is missing goes where the node
/// says, and a category that was never seen goes left. A category node becomes one of ours by exchanging its children: the set goes left, all the rest right.
/// </remarks>
internal static class XgboostTree
{
    /// <summary>XGBoost's own bound: codes are kept as floats, which count exactly up to here.</summary>
    private const int MostCode = 1 << 24;

    /// <param name="place">The tree's JSON.</param>
    /// <param name="factor">What its values are multiplied by: a weight of DART.</param>
    public static ForeignTree Read(JsonPlace place, float factor)
    {
        if (place.Find("tree_param")?.Find("size_leaf_vector")?.Whole(0, int.MaxValue) is > 1)
        {
            throw new ModelFileException($"{place.Path} has several values in a leaf (multi_strategy=multi_output_tree); boosted trees here have one. Train with one_output_per_tree.");
        }

        int[] left = place["left_children"].Wholes(-1);
        int count = left.Length;
        if (count == 0)
        {
            throw new ModelFileException($"{place.Path} has no nodes.");
        }

        int[] right = place["right_children"].Wholes(count), feature = place["split_indices"].Wholes(count);
        float[] condition = place["split_conditions"].Singles(count), cover = place["sum_hessian"].Singles(count), gain = place["loss_changes"].Singles(count);
        bool[] missingLeft = place["default_left"].Flags(count);
        Dictionary<int, int[]> sets = CategorySets(place, count);
        var tree = new ForeignTree(count) { Place = place.Path };
        for (int node = 0; node < count; node++)
        {
            (tree.Left[node], tree.Right[node], tree.Feature[node], tree.MissingLeft[node]) = (left[node], right[node], feature[node], missingLeft[node]);
            tree.Cover[node] = float.IsFinite(cover[node]) && cover[node] >= 0 ? cover[node] : throw new ModelFileException($"{place.Path}.sum_hessian[{node}] is {cover[node]}; expected a number of at least 0.");
            tree.Gain[node] = float.IsFinite(gain[node]) && left[node] >= 0 ? gain[node] : 0;
            tree.Value[node] = left[node] < 0 ? (double)condition[node] * factor : double.NaN;
            if (left[node] < 0)
            {
                (tree.Left[node], tree.Right[node]) = (-1, -1);
            }
            else if (sets.TryGetValue(node, out int[]? set))
            {
                (tree.Left[node], tree.Right[node], tree.MissingLeft[node], tree.LeftCodes[node]) = (right[node], left[node], !missingLeft[node], set);
            }
            else
            {
                tree.Threshold[node] = !float.IsNaN(condition[node]) ? Float32Threshold.Inclusive(condition[node]) : throw new ModelFileException($"{place.Path}.split_conditions[{node}] is no number.");
            }
        }

        return tree;
    }

    private static Dictionary<int, int[]> CategorySets(JsonPlace place, int nodeCount)
    {
        bool[] isCategory = place.Find("split_type")?.Flags(nodeCount) ?? new bool[nodeCount];
        int[] nodes = place.Find("categories_nodes")?.Wholes(-1) ?? [];
        int[] starts = nodes.Length > 0 ? place["categories_segments"].Wholes(nodes.Length) : [], sizes = nodes.Length > 0 ? place["categories_sizes"].Wholes(nodes.Length) : [];
        int[] codes = nodes.Length > 0 ? place["categories"].Wholes(-1) : [];
        if (sizes.Sum(size => (long)size) > codes.Length)
        {
            throw new ModelFileException($"{place.Path}: the sets of categories overlap.");
        }

        var sets = new Dictionary<int, int[]>();
        for (int i = 0; i < nodes.Length; i++)
        {
            bool fits = nodes[i] >= 0 && nodes[i] < nodeCount && isCategory[nodes[i]] && starts[i] >= 0 && sizes[i] >= 0 && starts[i] <= codes.Length - sizes[i];
            int[] set = fits ? codes[starts[i]..(starts[i] + sizes[i])] : throw new ModelFileException($"{place.Path}: the set of categories {i} (node {nodes[i]}, from {starts[i]}, {sizes[i]} long) lies outside {nodeCount} nodes or {codes.Length} categories, or at a node that is none of categories.");
            if (set.Any(code => code is < 0 or >= MostCode) || !sets.TryAdd(nodes[i], set))
            {
                throw new ModelFileException($"{place.Path}: node {nodes[i]} has a category outside 0 to {MostCode - 1}, or two sets.");
            }
        }

        int without = Array.FindIndex([.. Enumerable.Range(0, nodeCount)], node => isCategory[node] && !sets.ContainsKey(node));
        return without < 0 ? sets : throw new ModelFileException($"{place.Path}: node {without} splits by categories, but has no set of them.");
    }
}
