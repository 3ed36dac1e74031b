using Strata.Learning.Trees;
using Strata.Tensors;

namespace Strata.Learning.Tests.Explanation;

/// <summary>Random ensembles and rows for explanation tests: features 0 to 2 are numbers, the others categories of six levels; values may be missing.</summary>
internal sealed class RandomTrees(ulong seed, int featureCount)
{
    private readonly RandomSource random = new(seed);

    public TreeEnsemble Ensemble(int trees, int depth, int outputs = 1, int width = 1, double emptyShare = 0)
    {
        var builder = new TreeEnsembleBuilder(featureCount, [.. Enumerable.Range(0, outputs).Select(_ => random.NextGaussian())], width);
        for (int tree = 0; tree < trees; tree++)
        {
            Grow(builder, AddNode(builder, width, 100), depth, width, 100, emptyShare);
            builder.EndTree(tree % (outputs - width + 1));
        }

        return builder.Build();
    }

    /// <summary>[features][rows]</summary>
    public double[][] Columns(int rows) => [.. Enumerable.Range(0, featureCount).Select(feature => Enumerable.Range(0, rows)
        .Select(_ => random.NextDouble() < 0.15 ? double.NaN : feature < 3 ? random.NextGaussian() : random.NextInt(7)).ToArray())];

    private int AddNode(TreeEnsembleBuilder builder, int width, double cover)
    {
        double[] values = [.. Enumerable.Range(0, width).Select(_ => random.NextGaussian())];
        return builder.AddLeaf(values, cover, (int)cover);
    }

    private void Grow(TreeEnsembleBuilder builder, int node, int depth, int width, double cover, double emptyShare)
    {
        if (depth == 0 || random.NextDouble() < 0.15)
        {
            return;
        }

        double share = random.NextDouble() < emptyShare ? random.NextInt(2) : 0.05 + 0.9 * random.NextDouble();
        int left = AddNode(builder, width, cover * share), right = AddNode(builder, width, cover * (1 - share));
        int feature = random.NextInt(featureCount);
        bool missingLeft = random.NextInt(2) == 0;
        if (feature < 3)
        {
            builder.Split(node, feature, random.NextGaussian(), missingLeft, left, right);
        }
        else
        {
            builder.SplitCategories(node, feature, [.. Enumerable.Range(0, 6).Where(_ => random.NextInt(2) == 0)], missingLeft, left, right);
        }

        Grow(builder, left, depth - 1, width, cover * share, emptyShare);
        Grow(builder, right, depth - 1, width, cover * (1 - share), emptyShare);
    }
}
