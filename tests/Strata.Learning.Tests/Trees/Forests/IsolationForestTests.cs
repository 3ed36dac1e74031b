using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Forests;
using Strata.Learning.Validation;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class IsolationForestTests
{
    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void Planted_outliers_are_found_as_well_as_by_scikit_learn()
    {
        double[] areas = [.. Enumerable.Range(0, 5).Select(seed =>
        {
            var plan = new TrainingPlan { Algorithm = "isolation_forest", Target = "planted", Seed = (ulong)seed };
            return Training.Run(plan, ForestFixture.Outliers, Context).Evaluation.Metrics["roc_auc"];
        })];

        ForestFixture.PeerScore peer = ForestFixture.Peer["isolation_forest_auc"];
        areas.Average().ShouldBe(peer.Mean, Math.Max(0.002, 4 * peer.Sd));
    }

    [Fact]
    public void The_mean_path_length_is_the_papers()
    {
        PathLength.Mean(1).ShouldBe(0);
        PathLength.Mean(2).ShouldBe(1);

        // 2 H(n - 1) - 2 (n - 1) / n, with the harmonic number summed up instead of its approximation.
        PathLength.Mean(256).ShouldBe(2 * Enumerable.Range(1, 255).Sum(i => 1.0 / i) - 2 * 255.0 / 256, 0.004);
    }

    [Fact]
    public void A_scores_logarithm_is_minus_the_mean_path_length()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.OutlierDetection);
        IsolationForestModel model = new IsolationForest { Trees = 7, RowsPerTree = 64 }.Fit(table, Context);
        double[] row = [.. table.Features.Columns.Select(column => column.NumberAt(4))];

        double length = 0;
        for (int tree = 0; tree < 7; tree++)
        {
            int node = model.Trees.TreeStart[tree], depth = 0;
            for (; !model.Trees.IsLeaf(node); depth++)
            {
                node = model.Trees.GoesLeft(node, row[model.Trees.Feature[node]]) ? model.Trees.Left[node] : model.Trees.Right[node];
            }

            length += (depth + PathLength.Mean(model.Trees.RowCount[node])) / 7;
        }

        Predictions predictions = model.Predict(table.Features);
        predictions.RawScores[4].ShouldBe(-length / PathLength.Mean(64), 1e-12);
        predictions.Values[4].ShouldBe(Math.Pow(2, predictions.RawScores[4]), 1e-15);
    }

    [Fact]
    public void Contributions_sum_to_the_raw_score_and_name_the_odd_column()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.OutlierDetection, rows: 400);
        IsolationForestModel model = new IsolationForest().Fit(table, Context);
        double[] odd = [.. Enumerable.Range(0, 5).Select(column => column == 2 ? 9.0 : 0)];
        var rows = new Frame(odd.Select((value, i) => new Float64Column($"x{i}", [value])));

        Contributions contributions = Explainer.Explain(model, rows);

        double[] values = contributions.Of(0, 0).ToArray();
        (values.Sum() + contributions.BiasOf(0, 0)).ShouldBe(model.Predict(rows).RawScores[0], 1e-9);
        Array.IndexOf(values, values.Max()).ShouldBe(2);
        contributions.Outputs.ShouldBe(["outlier"]);
    }

    [Fact]
    public void The_threshold_flags_the_share_that_was_asked_for()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.OutlierDetection, rows: 500);

        IsolationForestModel model = new IsolationForest { Contamination = 0.04 }.Fit(table, Context);

        Predictions predictions = model.Predict(table.Features);
        Enumerable.Range(0, 500).Count(predictions.IsOutlier).ShouldBeInRange(18, 20);
        model.OutlierShare.ShouldBe(Enumerable.Range(0, 500).Count(predictions.IsOutlier) / 500.0, 1e-12);
        new IsolationForest().Fit(table, Context).Threshold.ShouldBe(0.5);
    }

    [Fact]
    public void A_gap_where_others_have_none_and_a_rare_level_are_unlike_the_others()
    {
        var random = new RandomSource(8);
        double[] x = [.. Enumerable.Range(0, 400).Select(row => row == 7 ? double.NaN : random.NextGaussian())];
        int[] level = [.. Enumerable.Range(0, 400).Select(row => row == 11 ? 3 : random.NextInt(3))];
        var features = new Frame(new Float64Column("x", x), new CategoryColumn("c", level, ["a", "b", "d", "rare"]));

        Predictions predictions = new IsolationForest { Trees = 300 }.Fit(new TrainingTable(features, new NoTarget(400)), Context).Predict(features);

        int[] worst = [.. Enumerable.Range(0, 400).OrderByDescending(row => predictions.Values[row]).Take(20)];
        worst.ShouldContain(7);
        worst.ShouldContain(11);
    }

    [Fact]
    public void A_weight_of_three_is_drawn_as_three_rows_are()
    {
        var draw = new IsolationDraw([3, 0, 1, 0.5]);

        draw.CopyCount.ShouldBe(5);
        draw.Draw(9, new RandomSource(1)).ShouldBe([0, 0, 0, 2, 3]);
        double heavy = Enumerable.Range(0, 4000).Average(seed => draw.Draw(1, new RandomSource((ulong)seed))[0] == 0 ? 1.0 : 0);
        heavy.ShouldBe(3 / 4.5, 0.03);
        Enumerable.Range(0, 200).ShouldAllBe(seed => draw.Draw(4, new RandomSource((ulong)seed)).Count(row => row == 0) <= 3);
    }

    [Fact]
    public void Single_rows_are_half_way()
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1])), new NoTarget(1));

        new IsolationForest().Fit(table, Context).Predict(table.Features).Values.ShouldBe([0.5], 1e-12);
    }

    [Fact]
    public void A_target_is_refused_by_it_and_needed_by_the_others()
    {
        Should.Throw<DataException>(() => new IsolationForest().Fit(SampleTables.Mixed(LearningTask.Regression), Context)).Message.ShouldContain("outcome");
        Should.Throw<DataException>(() => new RandomForest().Fit(SampleTables.Mixed(LearningTask.OutlierDetection), Context)).Message.ShouldContain("isolation forest");
        Should.Throw<DataException>(() => new GradientBoosting().Fit(SampleTables.Mixed(LearningTask.OutlierDetection), Context));
        Should.Throw<DataException>(() => CrossValidation.Run(new IsolationForest(), SampleTables.Mixed(LearningTask.OutlierDetection), 3, Context));
        Should.Throw<DataException>(() => Training.Run(new TrainingPlan { Algorithm = "random_forest" }, ForestFixture.Outliers, Context)).Message.ShouldContain("isolation_forest");
    }
}
