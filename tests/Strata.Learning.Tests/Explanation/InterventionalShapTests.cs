using Shouldly;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class InterventionalShapTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 1)]
    [InlineData(7, 1, 1)] // Deeper than there are features, so they repeat on the paths.
    [InlineData(4, 3, 1)] // A tree an output.
    [InlineData(4, 3, 3)] // Leaves with a value an output.
    public void Values_are_those_of_the_definition(int depth, int outputs, int width)
    {
        var random = new RandomTrees(seed: (ulong)(depth * 10 + outputs + width), featureCount: 6);
        TreeEnsemble trees = random.Ensemble(trees: 5, depth, outputs, width);
        double[][] background = random.Columns(13), columns = random.Columns(15);
        double[][] others = [.. Enumerable.Range(0, 13).Select(row => RowOf(background, row))];

        double[] values = new InterventionalShap(trees, background, 13).Contributions(columns, 15);

        for (int row = 0; row < 15; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double[] expected = ShapleyBySubsets.OfMixtures(trees, RowOf(columns, row), others, output);
                for (int feature = 0; feature < 6; feature++)
                {
                    values[(row * outputs + output) * 6 + feature].ShouldBe(expected[feature], 1e-12);
                }
            }
        }
    }

    [Theory]
    [InlineData(40, 6)]
    [InlineData(2, 13)] // Paths of more features than a table is made for.
    public void Bias_and_values_add_up_to_the_raw_score(int treeCount, int depth)
    {
        var random = new RandomTrees(9, featureCount: 40);
        TreeEnsemble trees = random.Ensemble(treeCount, depth);
        double[][] background = random.Columns(200), columns = random.Columns(60);
        var shap = new InterventionalShap(trees, background, 200);

        double[] values = shap.Contributions(columns, 60, new FitContext { Threads = 2 });

        var score = new double[1];
        for (int row = 0; row < 60; row++)
        {
            trees.Score(RowOf(columns, row), score);
            (shap.Bias[0] + values.AsSpan(row * 40, 40).ToArray().Sum()).ShouldBe(score[0], 1e-10);
        }

        shap.Contributions(columns, 60, new FitContext { Threads = 1 }).ShouldBe(values);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Tables_and_lists_of_patterns_agree(int d)
    {
        var random = new Tensors.RandomSource((ulong)d);
        var counts = new Dictionary<ulong, int>();
        for (int i = 0; i < 30; i++)
        {
            ulong pattern = (ulong)random.NextInt(1 << d);
            counts[pattern] = counts.GetValueOrDefault(pattern) + 1;
        }

        LeafEffects table = new(d, counts, 30, asTable: true), list = new(d, counts, 30, asTable: false);

        for (ulong pattern = 0; pattern < 1UL << d; pattern++)
        {
            double[] a = new double[d], b = new double[d];
            table.Of(pattern, a);
            list.Of(pattern, b);
            a.ShouldBe(b, 1e-14);
        }
    }

    [Fact]
    public void A_row_that_is_the_whole_background_is_moved_by_nothing()
    {
        var random = new RandomTrees(3, featureCount: 6);
        TreeEnsemble trees = random.Ensemble(trees: 5, depth: 5);
        double[][] one = random.Columns(1);

        new InterventionalShap(trees, one, 1).Contributions(one, 1).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Trees_without_splits_no_trees_and_no_rows_are_fine()
    {
        var builder = new TreeEnsembleBuilder(1, [1]);
        builder.AddLeaf([3], 10, 10);
        builder.EndTree();

        var stump = new InterventionalShap(builder.Build(), [[5]], 1);
        stump.Bias.ShouldBe([4.0]);
        stump.Contributions([[7]], 1).ShouldBe([0]);
        new InterventionalShap(new TreeEnsembleBuilder(1, [2]).Build(), [[5]], 1).Contributions([[]], 0).ShouldBeEmpty();
    }

    private static double[] RowOf(double[][] columns, int row) => [.. columns.Select(column => column[row])];
}
