using Shouldly;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class TreeShapTests
{
    [Theory]
    [InlineData(1, 1, 1, 0.0)]
    [InlineData(3, 1, 1, 0.0)]
    [InlineData(7, 1, 1, 0.0)] // Deeper than there are features, so they repeat on the paths.
    [InlineData(5, 1, 1, 0.3)] // Children without any training weight.
    [InlineData(4, 3, 1, 0.0)] // A tree an output.
    [InlineData(4, 3, 3, 0.1)] // Leaves with a value an output.
    public void Values_are_those_of_the_definition(int depth, int outputs, int width, double emptyShare)
    {
        var random = new RandomTrees(seed: (ulong)(depth * 10 + outputs + width), featureCount: 6);
        TreeEnsemble trees = random.Ensemble(trees: 6, depth, outputs, width, emptyShare);
        double[][] columns = random.Columns(20);

        double[] values = new TreeShap(trees).Contributions(columns, 20);

        for (int row = 0; row < 20; row++)
        {
            double[] x = RowOf(columns, row);
            for (int output = 0; output < outputs; output++)
            {
                double[] expected = ShapleyBySubsets.Of(trees, x, output);
                for (int feature = 0; feature < 6; feature++)
                {
                    values[(row * outputs + output) * 6 + feature].ShouldBe(expected[feature], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void The_bias_is_the_score_of_a_row_of_which_nothing_is_known()
    {
        TreeEnsemble trees = new RandomTrees(5, 6).Ensemble(trees: 5, depth: 5, outputs: 3, width: 2);

        IReadOnlyList<double> bias = new TreeShap(trees).Bias;

        for (int output = 0; output < 3; output++)
        {
            bias[output].ShouldBe(ShapleyBySubsets.Score(trees, new double[6], subset: 0, output), 1e-12);
        }
    }

    [Theory]
    [InlineData(60, 6)]
    [InlineData(2, 12)]
    public void Bias_and_values_add_up_to_the_raw_score(int treeCount, int depth)
    {
        var random = new RandomTrees(9, featureCount: 40);
        TreeEnsemble trees = random.Ensemble(treeCount, depth);
        double[][] columns = random.Columns(100);

        ShouldAddUp(trees, columns, 100, tolerance: 1e-11);
    }

    [Fact]
    public void A_chain_of_a_hundred_different_features_still_adds_up()
    {
        const int length = 100;
        var builder = new TreeEnsembleBuilder(length, [0.5]);
        int node = builder.AddLeaf([0], 1 << 20, 1);
        for (int feature = 0; feature < length; feature++)
        {
            int left = builder.AddLeaf([feature], 1, 1), right = builder.AddLeaf([-feature], 2, 1);
            builder.Split(node, feature, 0, missingGoesLeft: true, left, right);
            node = right;
        }

        builder.EndTree();
        double[][] columns = [.. Enumerable.Range(0, length).Select(feature => new[] { 1.0, feature == 60 ? -1.0 : 1.0, -1.0 })];

        ShouldAddUp(builder.Build(), columns, 3, tolerance: 1e-9);
    }

    [Fact]
    public void A_feature_that_no_tree_asks_for_gets_exactly_0()
    {
        var random = new RandomTrees(2, featureCount: 2);
        TreeEnsemble two = random.Ensemble(trees: 10, depth: 4);
        TreeEnsemble three = Rebuilt(two, featureCount: 3);
        double[][] columns = [.. random.Columns(50), [.. Enumerable.Repeat(1.0, 50)]];

        double[] values = new TreeShap(three).Contributions(columns, 50);

        Enumerable.Range(0, 50).ShouldAllBe(row => values[row * 3 + 2] == 0);
    }

    [Fact]
    public void Features_that_do_the_same_get_the_same()
    {
        // f = [x0 <= 0] and [x1 <= 0], the first split by either: symmetric when both orders are averaged.
        var builder = new TreeEnsembleBuilder(2, [0]);
        foreach (int first in (int[])[0, 1])
        {
            int root = builder.AddLeaf([0], 4, 4), left = builder.AddLeaf([0], 2, 2), right = builder.AddLeaf([0], 2, 2);
            int both = builder.AddLeaf([8], 1, 1), one = builder.AddLeaf([0], 1, 1);
            builder.Split(root, first, 0, true, left, right);
            builder.Split(left, 1 - first, 0, true, both, one);
            builder.EndTree();
        }

        double[] values = new TreeShap(builder.Build()).Contributions([[-1, 1], [-1, 1]], 2);

        values.ShouldBe([6, 6, -2, -2], 1e-12);
    }

    [Fact]
    public void Registers_of_every_size_and_any_number_of_threads_give_the_same_bits()
    {
        var random = new RandomTrees(21, featureCount: 8);
        TreeEnsemble trees = random.Ensemble(trees: 20, depth: 6, outputs: 3, width: 2);
        double[][] columns = random.Columns(203);
        var shap = new TreeShap(trees);
        double[] once = shap.Contributions(columns, 203);

        shap.Contributions(columns, 203, threads: 3).ShouldBe(once);
        With<Lanes128>().ShouldBe(once);
        With<Lanes256>().ShouldBe(once);
        With<Lanes512>().ShouldBe(once);

        double[] With<T>()
            where T : unmanaged, IDoubleLanes<T>
        {
            var values = new double[once.Length];
            new RowBlocks(trees, shap.Prepare(new FitContext(), keepNumbers: true), columns, 203, new FitContext { Threads = 1 }).Contributions<T>(values);
            return values;
        }
    }

    [Fact]
    public void One_row_gets_the_same_bits_alone_as_among_others()
    {
        var random = new RandomTrees(22, featureCount: 8);
        TreeEnsemble trees = random.Ensemble(trees: 20, depth: 6);
        double[][] columns = random.Columns(77);
        var shap = new TreeShap(trees);

        double[] alone = shap.Contributions([.. columns.Select(column => new[] { column[70] })], 1);

        shap.Contributions(columns, 77).AsSpan(70 * 8, 8).ToArray().ShouldBe(alone);
    }

    [Fact]
    public void Stumps_without_splits_and_no_rows_are_fine()
    {
        var builder = new TreeEnsembleBuilder(2, [1]);
        builder.AddLeaf([3], 10, 10);
        builder.EndTree();
        var shap = new TreeShap(builder.Build());

        shap.Bias.ShouldBe([4.0]);
        shap.Contributions([[1], [2]], 1).ShouldBe([0, 0]);
        shap.Contributions([[], []], 0).ShouldBeEmpty();
        new TreeShap(new TreeEnsembleBuilder(1, [2]).Build()).Contributions([[1]], 1).ShouldBe([0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Gauss_points_integrate_powers_exactly(int count)
    {
        var rule = GaussLegendre.Of(count);

        for (int power = 0; power < 2 * count; power++)
        {
            rule.Points.Zip(rule.Weights, (point, weight) => weight * Math.Pow(point, power)).Sum().ShouldBe(1.0 / (power + 1), 1e-14);
        }
    }

    private static void ShouldAddUp(TreeEnsemble trees, double[][] columns, int rows, double tolerance)
    {
        var shap = new TreeShap(trees);
        double[] values = shap.Contributions(columns, rows);
        var score = new double[1];
        for (int row = 0; row < rows; row++)
        {
            trees.Score(RowOf(columns, row), score);
            (shap.Bias[0] + values.AsSpan(row * columns.Length, columns.Length).ToArray().Sum()).ShouldBe(score[0], tolerance);
        }
    }

    private static double[] RowOf(double[][] columns, int row) => [.. columns.Select(column => column[row])];

    private static TreeEnsemble Rebuilt(TreeEnsemble trees, int featureCount) => new()
    {
        FeatureCount = featureCount,
        BaseScores = trees.BaseScores,
        ValueWidth = trees.ValueWidth,
        TreeStart = trees.TreeStart,
        TreeOutput = trees.TreeOutput,
        Feature = trees.Feature,
        Threshold = trees.Threshold,
        MissingLeft = trees.MissingLeft,
        CategorySet = trees.CategorySet,
        CategorySets = trees.CategorySets,
        Left = trees.Left,
        Right = trees.Right,
        Value = trees.Value,
        Gain = trees.Gain,
        Cover = trees.Cover,
        RowCount = trees.RowCount,
    };
}
