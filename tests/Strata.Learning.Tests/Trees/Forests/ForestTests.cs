using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class ForestTests
{
    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void A_small_tree_is_as_computed_by_hand()
    {
        // Class 1 at x = 3, 4 and missing: cutting at 2.5 with missing right makes both sides pure.
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3, 4, double.NaN])), new ClassTarget("y", [0, 0, 1, 1, 1], ["no", "yes"]));

        DecisionTreeModel model = new DecisionTree { MinRowsPerLeaf = 1, LeafSmoothing = 0 }.Fit(table, Context);

        TreeEnsemble trees = model.Trees;
        (trees.NodeCount, trees.Threshold[0], trees.MissingLeft[0]).ShouldBe((3, 2.5, (byte)0));
        trees.Value.ShouldBe([0.6, 0, 1]);
        trees.Gain[0].ShouldBe(3 - 9 / 5.0, 1e-12);
        model.Predict(table.Features).Values.ShouldBe([1, 0, 1, 0, 0, 1, 0, 1, 0, 1]);
    }

    [Fact]
    public void Smoothing_mixes_the_whole_tables_shares_into_each_leaf()
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3, 4, double.NaN])), new ClassTarget("y", [0, 0, 1, 1, 1], ["no", "yes"]));

        DecisionTreeModel model = new DecisionTree { MinRowsPerLeaf = 1, LeafSmoothing = 2 }.Fit(table, Context);

        model.Trees.Value.ShouldBe([0.6, 2 * 0.6 / 4, (3 + 2 * 0.6) / 5], 1e-12);
    }

    [Fact]
    public void A_regression_tree_predicts_means()
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3, 4])), new NumberTarget("y", [1e9 + 1, 1e9 + 2, 1e9 + 7, 1e9 + 10]));

        DecisionTreeModel model = new DecisionTree { MinRowsPerLeaf = 1, MaxDepth = 1 }.Fit(table, Context);

        model.Predict(table.Features).Values.ShouldBe([1e9 + 1.5, 1e9 + 1.5, 1e9 + 8.5, 1e9 + 8.5], 1e-6);
        model.Trees.Gain[0].ShouldBe(2 * 3.5 * 3.5 * 2, 1e-3);
    }

    [Fact]
    public void A_cut_lies_in_the_middle_of_a_gap_in_the_node()
    {
        // On the left of x = 50 only the values 0 and 40 occur together with z = 1: their cut is not at the neighbouring value 1.
        double[] x = [0, 0, 40, 40, 1, 2, 3, 4, 5, 60, 61], z = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], y = [0, 0, 9, 9, 100, 100, 100, 100, 100, 100, 100];
        var table = new TrainingTable(new Frame(new Float64Column("x", x), new Float64Column("z", z)), new NumberTarget("y", y));

        TreeEnsemble trees = new DecisionTree { MinRowsPerLeaf = 1 }.Fit(table, Context).Trees;

        int inner = Enumerable.Range(0, trees.NodeCount).Single(node => trees.Feature[node] == 0);
        trees.Threshold[inner].ShouldBeInRange(2, 5);
    }

    [Fact]
    public void Levels_are_divided_by_their_means()
    {
        int[] codes = [.. Enumerable.Range(0, 200).Select(row => row % 10)];
        var table = new TrainingTable(
            new Frame(new CategoryColumn("c", codes, [.. Enumerable.Range(0, 12).Select(level => $"l{level}")])),
            new ClassTarget("y", [.. codes.Select(code => code is 1 or 4 or 7 ? 2 : code % 2)], ["a", "b", "c"]));

        DecisionTreeModel model = new DecisionTree { MinRowsPerLeaf = 1 }.Fit(table, Context);

        Predictions predictions = model.Predict(table.Features);
        Enumerable.Range(0, 200).ShouldAllBe(row => predictions.ClassCode(row) == ((ClassTarget)table.Target).Codes[row]);
        double[] Of(int code) => model.Predict(new Frame(new CategoryColumn("c", [code], [.. Enumerable.Range(0, 12).Select(level => $"l{level}")]))).Values;
        Of(10).ShouldBe(Of(-1));
    }

    [Fact]
    public void A_forest_is_the_mean_of_its_trees_and_better_than_one()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.MulticlassClassification, 1_200);
        int[] rows = [.. Enumerable.Range(0, 1_200)];
        TrainingTable training = table.Take(rows.AsSpan(0, 800)), test = table.Take(rows.AsSpan(800));
        RandomForestModel forest = new RandomForest { Trees = 100 }.Fit(training, Context), one = new RandomForest { Trees = 1 }.Fit(training, Context);

        forest.Trees.TreeCount.ShouldBe(100);
        Accuracy(forest, test).ShouldBeGreaterThan(Accuracy(one, test) + 0.03);
        double[] sum = new double[3], single = new double[3], row = [.. test.Features.Columns.Select(column => column.NumberAt(0))];
        forest.Trees.Score(row, sum);
        for (int tree = 0; tree < 100; tree++)
        {
            int leaf = forest.Trees.LeafOf(tree, row);
            for (int k = 0; k < 3; k++)
            {
                single[k] += forest.Trees.Value[leaf * 3 + k];
            }
        }

        single.ShouldBe(sum, 1e-12);
        sum.Sum().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Watched_rows_are_scored_as_the_model_scores_them()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 500);
        int[] rows = [.. Enumerable.Range(0, 500)];
        TrainingTable watched = table.Take(rows.AsSpan(300));
        double last = 0;

        RandomForestModel model = new RandomForest { Trees = 20 }.Fit(table.Take(rows.AsSpan(0, 300)), Context with { Watched = watched, Progress = new Each(report => last = report.Metrics["watched_rmse"]) });

        double[] truth = ((NumberTarget)watched.Target).Values;
        last.ShouldBe(Math.Sqrt(truth.Zip(model.Predict(watched.Features).Values, (a, b) => (a - b) * (a - b)).Average()), 1e-9);
    }

    [Fact]
    public void Depth_and_rows_per_leaf_keep_their_limits()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, 1_000);

        TreeEnsemble trees = new RandomForest { Trees = 5, MaxDepth = 4, MinRowsPerLeaf = 30, Bootstrap = false }.Fit(table, Context).Trees;

        trees.Depth().ShouldBe(4);
        trees.RowCount.Min().ShouldBeGreaterThanOrEqualTo(30);
    }

    private static double Accuracy(RandomForestModel model, TrainingTable table)
    {
        Predictions predictions = model.Predict(table.Features);
        return ((ClassTarget)table.Target).Codes.Where((code, row) => predictions.ClassCode(row) == code).Count() / (double)table.RowCount;
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
