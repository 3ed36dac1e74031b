using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Boosting;

public sealed class EarlyStoppingTests
{
    private static readonly GradientBoosting Recipe = new() { Trees = 300, LearningRate = 0.3, MinRowsPerLeaf = 5, EarlyStoppingRounds = 8, ValidationFraction = 0.3 };

    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    [Theory]
    [InlineData("roc_auc", LearningTask.BinaryClassification)]
    [InlineData("brier", LearningTask.MulticlassClassification)]
    [InlineData("f_beta:0.5", LearningTask.BinaryClassification)]
    [InlineData("roc_auc_ovo", LearningTask.MulticlassClassification)]
    [InlineData("pinball:0.8", LearningTask.Regression)]
    [InlineData("mae", LearningTask.Regression)]
    [InlineData("r2", LearningTask.Regression)]
    public void The_best_round_is_that_of_the_chosen_metric_in_its_direction(string name, LearningTask task)
    {
        var seen = new List<double>();
        TrainingTable table = SampleTables.Mixed(task, 600);

        GradientBoostingModel model = (Recipe with { EarlyStoppingMetric = name }).Fit(table, Context with { Progress = new Each(report => seen.Add(report.Metrics[$"validation_{name}"])) });

        double best = Metric.Named(name).HigherIsBetter ? seen.Max() : seen.Min();
        int bestRound = seen.IndexOf(best);
        model.Trees.TreeCount.ShouldBe((bestRound + 1) * model.Trees.OutputCount);
        seen.Count.ShouldBe(bestRound + 9);
    }

    [Fact]
    public void Rows_of_their_own_to_stop_by_leave_the_whole_table_to_learn_from()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 600);
        int[] rows = [.. Enumerable.Range(0, 600)];
        TrainingTable training = table.Take(rows.AsSpan(0, 400)), validation = table.Take(rows.AsSpan(400));
        var seen = new List<double>();

        GradientBoostingModel model = (Recipe with { EarlyStoppingMetric = "mae" }).Fit(
            training, Context with { Validation = validation, Progress = new Each(report => seen.Add(report.Metrics["validation_mae"])) });

        model.Trees.RowCount[0].ShouldBe(400);
        Metric.Named("mae").Of(model.Predict(validation.Features), validation.Target).ShouldBe(seen.Min(), 1e-5);
        model.Trees.TreeCount.ShouldBe(seen.IndexOf(seen.Min()) + 1);
    }

    [Fact]
    public void A_metric_that_is_undefined_on_the_rows_to_stop_by_is_an_error_and_no_empty_model()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, 300);
        TrainingTable oneClass = table.Take([.. Enumerable.Range(0, 300).Where(row => ((ClassTarget)table.Target).Codes[row] == 0)]);

        Should.Throw<DataException>(() => (Recipe with { EarlyStoppingMetric = "roc_auc" }).Fit(table, Context with { Validation = oneClass })).Message.ShouldContain("'roc_auc' is undefined");
    }

    [Fact]
    public void Small_improvements_do_not_count()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, 600);

        GradientBoosting recipe = Recipe with { EarlyStoppingRounds = 2, LearningRate = 0.1 };
        int all = recipe.Fit(table, Context).Trees.TreeCount, few = (recipe with { MinImprovement = 0.05 }).Fit(table, Context).Trees.TreeCount;

        few.ShouldBeLessThan(all);
        few.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void With_rounds_left_out_the_model_is_as_it_was_at_the_best_round()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, 600);
        int[] rows = [.. Enumerable.Range(0, 600)];
        TrainingTable training = table.Take(rows.AsSpan(0, 400)), validation = table.Take(rows.AsSpan(400));
        var seen = new List<double>();
        GradientBoosting recipe = Recipe with { DropRate = 0.2, SkipDrop = 0.2 };

        GradientBoostingModel model = recipe.Fit(training, Context with { Validation = validation, Progress = new Each(report => seen.Add(report.Metrics["validation_log_loss"])) });

        model.Trees.TreeCount.ShouldBe(seen.IndexOf(seen.Min()) + 1);
        Metric.Named("log_loss").Of(model.Predict(validation.Features), validation.Target).ShouldBe(seen.Min(), 1e-4);
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
