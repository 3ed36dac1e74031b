using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public sealed class TreeEnsembleTests
{
    /// <summary>Tree 0: x0 at most 1.5 (missing left) ? 1 : (x1 in {0, 70} ? 10 : 20); tree 1: the leaf 100. Base 0.5.</summary>
    private static TreeEnsemble Small()
    {
        var builder = new TreeEnsembleBuilder(featureCount: 2, baseScores: [0.5]);
        int root = builder.AddLeaf([0], 4, 4), left = builder.AddLeaf([1], 2, 2), right = builder.AddLeaf([15], 2, 2);
        int inSet = builder.AddLeaf([10], 1, 1), others = builder.AddLeaf([20], 1, 1);
        builder.Split(root, 0, 1.5, missingGoesLeft: true, left, right, splitGain: 3);
        builder.SplitCategories(right, 1, [0, 70], missingGoesLeft: false, inSet, others, splitGain: 2);
        builder.EndTree();
        builder.AddLeaf([100], 4, 4);
        builder.EndTree();
        return builder.Build();
    }

    private static double Score(TreeEnsemble trees, params double[] row)
    {
        var scores = new double[trees.OutputCount];
        trees.Score(row, scores);
        return scores[0];
    }

    [Theory]
    [InlineData(1.5, 0, 101.5)]
    [InlineData(double.NegativeInfinity, 0, 101.5)]
    [InlineData(double.NaN, 0, 101.5)]
    [InlineData(1.6, 0, 110.5)]
    [InlineData(double.PositiveInfinity, 70, 110.5)]
    [InlineData(2, 1, 120.5)]
    [InlineData(2, 500, 120.5)]
    [InlineData(2, double.NaN, 120.5)]
    public void A_row_walks_to_the_leaf_that_thresholds_sets_and_missing_directions_say(double x0, double x1, double expected) =>
        Score(Small(), x0, x1).ShouldBe(expected);

    [Fact]
    public void Written_and_read_trees_score_alike()
    {
        TreeEnsemble trees = Small();
        var writer = new ModelWriter();
        trees.Write(writer);
        TreeEnsemble read = TreeEnsemble.Read(ModelReader.Of(writer));
        foreach (double x0 in new[] { 0, 1.5, 3, double.NaN })
        {
            foreach (double x1 in new[] { 0, 1, 70, 200, double.NaN })
            {
                Score(read, x0, x1).ShouldBe(Score(trees, x0, x1));
            }
        }
    }

    [Fact]
    public void Importance_sums_gain_cover_and_count_by_feature()
    {
        Small().Importance(TreeImportance.Gain).ShouldBe([3, 2]);
        Small().Importance(TreeImportance.Cover).ShouldBe([4, 2]);
        Small().Importance(TreeImportance.Splits).ShouldBe([1, 1]);
        Small().Depth().ShouldBe(2);
    }

    [Fact]
    public void Appending_trees_to_trees_adds_their_scores()
    {
        var builder = new TreeEnsembleBuilder(2, [0.25]);
        builder.AddTrees(Small());
        builder.AddTrees(Small());
        Score(builder.Build(), 2, 70).ShouldBe(0.25 + 2 * 110);
    }

    [Theory]
    [InlineData("left", 0, 0)]
    [InlineData("left", 0, 99)]
    [InlineData("left", 0, 2)]
    [InlineData("right", 2, 1)]
    [InlineData("feature", 0, 7)]
    [InlineData("feature", 1, 0)]
    [InlineData("feature", 1, -5)]
    [InlineData("category_set", 2, 1)]
    [InlineData("tree_start", 1, 0)]
    [InlineData("tree_start", 1, 6)]
    [InlineData("tree_start", 2, 5)]
    [InlineData("tree_output", 0, 1)]
    [InlineData("category_set_start", 1, 9)]
    public void A_damaged_array_is_refused(string tensor, int at, int value)
    {
        TreeEnsemble trees = Small();
        int[] array = tensor switch
        {
            "left" => trees.Left,
            "right" => trees.Right,
            "feature" => trees.Feature,
            "category_set" => trees.CategorySet,
            "tree_start" => trees.TreeStart,
            "tree_output" => trees.TreeOutput,
            _ => trees.CategorySets.Start,
        };
        array[at] = value;
        var writer = new ModelWriter();
        trees.Write(writer);
        Should.Throw<ModelFileException>(() => TreeEnsemble.Read(ModelReader.Of(writer))).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Thresholds_and_values_that_are_no_numbers_are_refused()
    {
        TreeEnsemble thresholds = Small(), values = Small();
        thresholds.Threshold[0] = double.NaN;
        values.Value[1] = double.PositiveInfinity;
        foreach (TreeEnsemble trees in new[] { thresholds, values })
        {
            var writer = new ModelWriter();
            trees.Write(writer);
            Should.Throw<ModelFileException>(() => TreeEnsemble.Read(ModelReader.Of(writer)));
        }
    }
}
