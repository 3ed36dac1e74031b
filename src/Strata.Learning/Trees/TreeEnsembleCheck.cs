namespace Strata.Learning.Trees;

/// <summary>Finds what is wrong with arrays that claim to be trees, so that walking them always ends at a leaf within bounds.</summary>
internal static class TreeEnsembleCheck
{
    /// <summary>The first problem as a sentence, or null when the ensemble is sound.</summary>
    public static string? FirstProblem(TreeEnsemble trees) => Sizes(trees) ?? Sets(trees.CategorySets) ?? Trees(trees);

    private static string? Sizes(TreeEnsemble trees)
    {
        int count = trees.NodeCount, width = trees.ValueWidth;
        if (width < 1 || width > trees.OutputCount)
        {
            return $"leaves have {width} values, but there are {trees.OutputCount} outputs.";
        }

        if (trees.TreeStart.Length != trees.TreeCount + 1 || trees.TreeStart[0] != 0 || trees.TreeStart[^1] != count)
        {
            return $"the tree starts do not cover {count} nodes of {trees.TreeCount} trees.";
        }

        int[] lengths = [trees.Threshold.Length, trees.MissingLeft.Length, trees.CategorySet.Length, trees.Left.Length, trees.Right.Length, trees.Gain.Length, trees.Cover.Length, trees.RowCount.Length];
        return lengths.Any(length => length != count) || trees.Value.Length != (long)count * width ? $"the arrays of {count} nodes differ in length." : null;
    }

    private static string? Sets(CategorySets sets)
    {
        bool covers = sets.Start.Length > 0 && sets.Start[0] == 0 && sets.Start[^1] == sets.Words.Length;
        for (int set = 0; covers && set < sets.Count; set++)
        {
            covers = sets.Start[set] <= sets.Start[set + 1];
        }

        return covers ? null : "the category sets do not cover their words.";
    }

    private static string? Trees(TreeEnsemble trees)
    {
        var hasParent = new bool[trees.NodeCount];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            int start = trees.TreeStart[tree], end = trees.TreeStart[tree + 1];
            if (start >= end || end > trees.NodeCount)
            {
                return $"tree {tree} has nodes {start} to {end}.";
            }

            if (trees.TreeOutput[tree] < 0 || trees.TreeOutput[tree] > trees.OutputCount - trees.ValueWidth)
            {
                return $"tree {tree} adds to output {trees.TreeOutput[tree]} of {trees.OutputCount}.";
            }

            for (int node = start; node < end; node++)
            {
                if (Node(trees, node, start, end, hasParent) is string problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string? Node(TreeEnsemble trees, int node, int start, int end, bool[] hasParent)
    {
        if (node > start && !hasParent[node])
        {
            return $"node {node} belongs to no parent.";
        }

        for (int k = 0; k < trees.ValueWidth; k++)
        {
            if (!double.IsFinite(trees.Value[node * trees.ValueWidth + k]))
            {
                return $"node {node} has the value {trees.Value[node * trees.ValueWidth + k]}.";
            }
        }

        int feature = trees.Feature[node], left = trees.Left[node], right = trees.Right[node], set = trees.CategorySet[node];
        if (feature < 0)
        {
            return feature == -1 && left == -1 && right == -1 ? null : $"leaf {node} has a feature or children.";
        }

        // Children after their parent, each claimed once: no cycles, no shared subtrees.
        if (left <= node || left >= end || right <= node || right >= end || left == right || hasParent[left] || hasParent[right])
        {
            return $"node {node} has the children {left} and {right}; expected two unclaimed nodes between {node + 1} and {end - 1}.";
        }

        hasParent[left] = hasParent[right] = true;
        return feature >= trees.FeatureCount ? $"node {node} splits feature {feature} of {trees.FeatureCount}."
            : set < -1 || set >= trees.CategorySets.Count ? $"node {node} has category set {set} of {trees.CategorySets.Count}."
            : set < 0 && double.IsNaN(trees.Threshold[node]) ? $"node {node} has no threshold."
            : null;
    }
}
