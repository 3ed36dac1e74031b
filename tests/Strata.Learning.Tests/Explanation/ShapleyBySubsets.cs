using System.Numerics;
using Strata.Learning.Trees;

namespace Strata.Learning.Tests.Explanation;

/// <summary>Shapley values by their definition, over all subsets of features: the oracle for small trees.</summary>
internal static class ShapleyBySubsets
{
    /// <summary>[features]</summary>
    public static double[] Of(TreeEnsemble trees, double[] row, int output) => Values(trees.FeatureCount, subset => Score(trees, row, subset, output));

    /// <summary>[features], what is not known being taken from each background row in turn.</summary>
    public static double[] OfMixtures(TreeEnsemble trees, double[] row, double[][] background, int output)
    {
        var scores = new double[trees.OutputCount];
        return Values(trees.FeatureCount, subset => background.Average(other =>
        {
            trees.Score([.. row.Select((value, feature) => (subset >> feature & 1) != 0 ? value : other[feature])], scores);
            return scores[output];
        }));
    }

    /// <summary>[features, features]: half of each pair's Shapley interaction index, and what is left of a feature's value on the diagonal.</summary>
    public static double[,] Interactions(TreeEnsemble trees, double[] row, int output)
    {
        int count = trees.FeatureCount;
        double[] scores = [.. Enumerable.Range(0, 1 << count).Select(subset => Score(trees, row, subset, output))], values = Of(trees, row, output);
        var matrix = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            matrix[i, i] = values[i];
            for (int j = 0; j < count; j++)
            {
                for (int subset = 0; i != j && subset < scores.Length; subset++)
                {
                    if ((subset >> i & 1) == 0 && (subset >> j & 1) == 0)
                    {
                        int size = BitOperations.PopCount((uint)subset), both = subset | 1 << i | 1 << j;
                        double weight = Factorial(size) * Factorial(count - size - 2) / (2 * Factorial(count - 1));
                        double effect = weight * (scores[both] - scores[subset | 1 << i] - scores[subset | 1 << j] + scores[subset]);
                        matrix[i, j] += effect;
                        matrix[i, i] -= effect;
                    }
                }
            }
        }

        return matrix;
    }

    private static double[] Values(int count, Func<int, double> score)
    {
        double[] scores = [.. Enumerable.Range(0, 1 << count).Select(score)];
        var values = new double[count];
        for (int subset = 0; subset < scores.Length; subset++)
        {
            int size = BitOperations.PopCount((uint)subset);
            for (int feature = 0; feature < count; feature++)
            {
                if ((subset >> feature & 1) == 0)
                {
                    values[feature] += Factorial(size) * Factorial(count - size - 1) / Factorial(count) * (scores[subset | 1 << feature] - scores[subset]);
                }
            }
        }

        return values;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

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
