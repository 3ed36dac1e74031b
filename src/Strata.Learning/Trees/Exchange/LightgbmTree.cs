using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Reads one tree of a LightGBM model.</summary>
/// <remarks>
/// LightGBM's rules: a number goes left when it is at most the threshold; what is missing, and every category outside the node's set, goes right at a category
/// node. At a node of numbers the missing type decides: <c>nan</c> sends NaN where the node says, <c>none</c> takes NaN for 0, <c>zero</c> takes 0 for missing.
/// Inner node <c>i</c> stays node <c>i</c>; leaf <c>j</c>, which children name as <c>-1 - j</c>, comes after the inner nodes.
/// </remarks>
internal static class LightgbmTree
{
    private const int MostLeaves = 10_000_000;

    private const int IsCategory = 1, DefaultLeft = 2;

    /// <summary>LightGBM takes numbers this near to zero for zero.</summary>
    public const double Zero = 1e-35f;

    /// <param name="lines">The tree's lines.</param>
    /// <param name="zeroIsMissing">Told of each split on numbers whether its column takes zero for missing.</param>
    public static ForeignTree Read(LightgbmLines lines, Action<int, bool> zeroIsMissing)
    {
        if (lines.Find("is_linear")?.Whole(0, 1) == 1)
        {
            throw new ModelFileException($"{lines.Place} has linear leaves (linear_tree=true): a model here has constant ones. Train without linear_tree.");
        }

        int leaves = lines["num_leaves"].Whole(1, MostLeaves), inner = leaves - 1;
        double[] value = lines["leaf_value"].Numbers(leaves);
        var tree = new ForeignTree(inner + leaves) { Place = lines.Place };
        int[] leafCount = Counts(lines.Find("leaf_count"), leaves), innerCount = inner == 0 ? [] : Counts(lines.Find("internal_count"), inner);
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            (tree.Left[inner + leaf], tree.Right[inner + leaf], tree.Value[inner + leaf]) = (-1, -1, value[leaf]);
            (tree.RowCount[inner + leaf], tree.Cover[inner + leaf]) = (leafCount[leaf], leafCount[leaf]);
        }

        if (inner > 0)
        {
            ReadInner(lines, tree, inner, leaves, innerCount, zeroIsMissing);
        }

        return tree;
    }

    private static void ReadInner(LightgbmLines lines, ForeignTree tree, int inner, int leaves, int[] count, Action<int, bool> zeroIsMissing)
    {
        int[] feature = lines["split_feature"].Wholes(inner), left = lines["left_child"].Wholes(inner), right = lines["right_child"].Wholes(inner);
        int[] decision = lines.Find("decision_type")?.Wholes(inner) ?? new int[inner];
        double[] threshold = lines["threshold"].Numbers(inner);
        double[] gain = lines.Find("split_gain")?.Descriptions(inner) ?? new double[inner];
        double[]? value = lines.Find("internal_value")?.Descriptions(inner);
        int Child(int child) => child >= 0 ? (child < inner ? child : leaves + inner) : inner - 1 - child;
        CategoryBits? sets = lines["num_cat"].Whole(0, inner) is > 0 and int setCount ? new CategoryBits(lines, setCount) : null;
        for (int node = 0; node < inner; node++)
        {
            (tree.Left[node], tree.Right[node], tree.Feature[node]) = (Child(left[node]), Child(right[node]), feature[node]);
            (tree.Gain[node], tree.Value[node], tree.RowCount[node], tree.Cover[node]) = (gain[node], value?[node] ?? double.NaN, count[node], count[node]);
            if ((decision[node] & IsCategory) != 0)
            {
                tree.LeftCodes[node] = sets?.Of(threshold[node]) ?? throw new ModelFileException($"{lines.Place}: node {node} splits by categories, but num_cat is 0.");
                continue;
            }

            bool defaultLeft = (decision[node] & DefaultLeft) != 0;
            int missing = decision[node] >> 2 & 3;
            tree.Threshold[node] = NearZero(threshold[node]);
            tree.MissingLeft[node] = missing switch
            {
                0 => tree.Threshold[node] >= 0,
                1 or 2 => defaultLeft,
                _ => throw new ModelFileException($"{lines["decision_type"].Place} has {decision[node]} as value {node + 1}; expected a missing type of none, zero or nan in bits 2 and 3."),
            };
            zeroIsMissing(feature[node], missing == 1);
        }
    }

    /// <summary>The threshold with which numbers that LightGBM takes for zero go where zero goes.</summary>
    private static double NearZero(double threshold) => threshold is < -Zero or >= Zero ? threshold : threshold >= 0 ? Zero : Math.BitDecrement(-Zero);

    private static int[] Counts(LightgbmLine? line, int count)
    {
        int[] counts = line?.Wholes(count) ?? new int[count];
        return counts.All(rows => rows >= 0) ? counts : throw line!.Unexpected("counts of rows, none below 0");
    }

    /// <summary>The sets of categories of one tree, as bits in words of 32.</summary>
    private sealed class CategoryBits
    {
        private readonly LightgbmLine boundariesLine;
        private readonly int[] boundaries;
        private readonly uint[] words;

        public CategoryBits(LightgbmLines lines, int count)
        {
            boundariesLine = lines["cat_boundaries"];
            boundaries = boundariesLine.Wholes(count + 1);
            if (boundaries[0] != 0 || boundaries.Zip(boundaries.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                throw boundariesLine.Unexpected("whole numbers that rise from 0");
            }

            words = lines["cat_threshold"].Bits(boundaries[^1]);
        }

        public int[] Of(double set)
        {
            if (!(set >= 0 && set < boundaries.Length - 1 && set == Math.Floor(set)))
            {
                throw new ModelFileException($"{boundariesLine.Place} has {boundaries.Length - 1} sets of categories, but a split names set {set} (counted from 0).");
            }

            (int first, int last) = (boundaries[(int)set], boundaries[(int)set + 1]);
            var codes = new List<int>();
            for (int word = first; word < last; word++)
            {
                for (uint bits = words[word]; bits != 0; bits &= bits - 1)
                {
                    codes.Add(checked((word - first) * 32 + System.Numerics.BitOperations.TrailingZeroCount(bits)));
                }
            }

            return [.. codes];
        }
    }
}
