using System.Numerics;
using Strata.Learning.Trees;

namespace Strata.Learning.Tests.Explanation;

/// <summary>Shapley values by their definition, over all subsets of features: the oracle for small trees.</summary>
internal static class ShapleyBySubsets
{
    /// <summary>[features]</summary>
    public static double[] Of(TreeEnsemble trees, double[] row, int output)
    {
        int count = trees.FeatureCount;
        double[] scores = [.. Enumerable.Range(0, 1 << count).Select(subset => Score(trees, row, subset, output))];
        double[] factorial = new double[count + 1];
        factorial[0] = 1;
        for (int n = 1; n <= count; n++)
        {
            factorial[n] = n * factorial[n - 1];
        }

        var values = new double[count];
        for (int subset = 0; subset < scores.Length; subset++)
        {
            int size = BitOperations.PopCount((uint)subset);
            for (int feature = 0; feature < count; feature++)
            {
                if ((subset >> feature & 1) == 0)
                {
                    values[feature] += factorial[size] * factorial[count - size - 1] / factorial[count] * (scores[subset | 1 << feature] - scores[subset]);
                }
            }
        }

        return values;
    }

    /// <summary>The raw score when only the subset's features are known: splits on others follow both sides by their cover.</summary>
    public static double Score(TreeEnsemble trees, double[] row, int subset, int output) =>
        trees.BaseScores[output] + Enumerable.Range(0, trees.TreeCount).Where(tree => output - trees.TreeOutput[tree] >= 0 && output - trees.TreeOutput[tree] < trees.ValueWidth)
            .Sum(tree => Below(trees, trees.TreeStart[tree], row, subset, output - trees.TreeOutput[tree]));

    private static double Below(TreeEnsemble trees, int node, double[] row, int subset, int k)
    {
        if (trees.IsLeaf(node))
        {
            return trees.Value[node * trees.ValueWidth + k];
        }

        int left = trees.Left[node], right = trees.Right[node], feature = trees.Feature[node];
        if ((subset >> feature & 1) != 0)
        {
            return Below(trees, trees.GoesLeft(node, row[feature]) ? left : right, row, subset, k);
        }

        double share = trees.Cover[left] + trees.Cover[right] > 0 ? trees.Cover[left] / (trees.Cover[left] + trees.Cover[right])
            : (trees.RowCount[left] + 1.0) / (trees.RowCount[left] + trees.RowCount[right] + 2.0);
        return share * Below(trees, left, row, subset, k) + (1 - share) * Below(trees, right, row, subset, k);
    }
}
