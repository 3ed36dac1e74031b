using Strata.Learning.Losses;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>
/// Puts a quantile of its rows' residuals in the place of each leaf's value: for absolute and quantile losses the derivatives choose the splits but do not say how far to
/// go (Friedman 2001, algorithm 3; as LightGBM and XGBoost do).
/// </summary>
internal static unsafe class LeafRenewal
{
    /// <param name="tree">The tree just grown.</param>
    /// <param name="grower">Knows the rows of its leaves.</param>
    /// <param name="rows">Targets and scores before the tree.</param>
    /// <param name="weights">A weight a row.</param>
    /// <param name="factors">What a row counts for in this round besides its weight; null for one.</param>
    /// <param name="quantile">Of the residuals.</param>
    /// <param name="rate">What the values are multiplied by.</param>
    /// <param name="team">Leaves are shared over its members.</param>
    public static void Renew(GrownTree tree, TreeGrower grower, LabelledRows rows, DerivativeWeights weights, float[]? factors, double quantile, double rate, ThreadTeam team)
    {
        var renewed = new double[grower.Leaves.Count];
        team.Run(renewed.Length, (leaf, _) => renewed[leaf] = rate * Quantile(grower, grower.Leaves[leaf], rows, weights, factors, quantile));
        for (int leaf = 0; leaf < renewed.Length; leaf++)
        {
            tree.SetValues(grower.Leaves[leaf].Node, [renewed[leaf]]);
        }

        AverageUpwards(tree);
    }

    private static double Quantile(TreeGrower grower, GrowingLeaf leaf, LabelledRows rows, DerivativeWeights weights, float[]? factors, double quantile)
    {
        var residuals = new float[leaf.Count];
        float[]? counts = factors is null && weights is { AreOne: true, Copies: null } ? null : new float[leaf.Count];
        float* scores = rows.Scores(0);
        uint* own = grower.Rows.Rows + leaf.Start;
        for (int i = 0; i < residuals.Length; i++)
        {
            uint row = own[i];
            residuals[i] = rows.Targets[row] - scores[row];
            counts?[i] = weights.Factors[row] * (weights.Copies?[row] ?? 1) * (factors?[row] ?? 1);
        }

        return counts is null ? WeightedQuantile.Of(residuals, quantile) : WeightedQuantile.Of(residuals, counts, quantile);
    }

    /// <summary>Inner nodes hold what their rows get on average.</summary>
    private static void AverageUpwards(GrownTree tree)
    {
        for (int node = tree.Nodes.Count - 1; node >= 0; node--)
        {
            GrownNode inner = tree.Nodes[node];
            if (inner.Column >= 0)
            {
                double left = tree.Nodes[inner.Left].Cover, right = tree.Nodes[inner.Right].Cover;
                tree.SetValues(node, [(tree.Values(inner.Left)[0] * left + tree.Values(inner.Right)[0] * right) / (left + right)]);
            }
        }
    }
}
