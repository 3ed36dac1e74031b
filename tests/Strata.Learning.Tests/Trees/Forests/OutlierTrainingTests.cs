using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class OutlierTrainingTests
{
    private static FitContext Context => new() { Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    private static TrainingPlan Plan => new() { Algorithm = "isolation_forest" };

    [Fact]
    public void Without_a_target_all_rows_are_learned_from_and_scored()
    {
        TrainingOutcome outcome = Training.Run(Plan with { Drop = ["planted"] }, ForestFixture.Outliers, Context);

        (outcome.TrainingRows, outcome.Test.Table.RowCount, outcome.Evaluation.RowCount).ShouldBe((630, 630, 630));
        outcome.Evaluation.Task.ShouldBe(LearningTask.OutlierDetection);
        outcome.Evaluation.Metrics.Keys.ShouldBe(["outlier_share", "mean_score"]);
        outcome.Evaluation.OutlierScores!.HistogramCounts.Sum().ShouldBe(630);
        outcome.Evaluation.Confusion.ShouldBeEmpty();
        outcome.Importance.ShouldBeEmpty();
    }

    [Fact]
    public void A_column_of_known_outliers_is_left_out_and_only_judges()
    {
        TrainingOutcome blind = Training.Run(Plan with { Drop = ["planted"] }, ForestFixture.Outliers, Context), judged = Training.Run(Plan with { Target = "planted" }, ForestFixture.Outliers, Context);

        judged.Model.Signature.Features.Names.ShouldNotContain("planted");
        judged.TestPredictions.Values.ShouldBe(blind.TestPredictions.Values);
        judged.Evaluation.Metrics["roc_auc"].ShouldBeGreaterThan(0.95);
        judged.Evaluation.Metrics["recall"].ShouldBeGreaterThan(0.5);
        judged.Evaluation.RocCurves.ShouldHaveSingleItem().Class.ShouldBe("1");
        judged.Test.Known!.Labels(630).Count(label => label == "1").ShouldBe(30);
    }

    [Fact]
    public void Unknown_truth_is_no_reason_to_leave_a_row_out()
    {
        string?[] known = [.. Enumerable.Range(0, 630).Select(row => row < 100 ? null : ForestFixture.Outliers["planted"].TextAt(row))];
        Frame table = ForestFixture.Outliers.With(CategoryColumn.Of("planted", known));

        TrainingOutcome outcome = Training.Run(Plan with { Target = "planted" }, table, Context);

        outcome.TrainingRows.ShouldBe(630);
        outcome.Evaluation.Metrics.Keys.ShouldContain("roc_auc");
        outcome.Evaluation.Notes.ShouldHaveSingleItem().ShouldContain("of 530 rows");
    }

    [Fact]
    public void A_column_of_many_values_is_left_out_with_a_note()
    {
        TrainingOutcome outcome = Training.Run(Plan with { Target = "x0" }, ForestFixture.Outliers, Context);

        outcome.Model.Signature.Features.Names.ShouldNotContain("x0");
        outcome.Notes.ShouldContain(note => note.Contains("cannot tell outliers"));
        outcome.Evaluation.Metrics.Keys.ShouldNotContain("roc_auc");
    }

    [Fact]
    public void Predictions_are_written_as_flag_and_score()
    {
        TrainingOutcome outcome = Training.Run(Plan with { Target = "planted" }, ForestFixture.Outliers, Context);
        using var file = new MemoryStream();
        outcome.ToModelFile().Save(file);
        file.Position = 0;

        Frame table = PredictionTable.Of(ModelFile.Load(file).Model.Predict(ForestFixture.Outliers));

        table.Names.ShouldBe(["row", "prediction", "score"]);
        Enumerable.Range(0, 630).ShouldAllBe(row => (table["prediction"].TextAt(row) == "outlier") == (table["score"].NumberAt(row) > 0.5));
        table["score"].NumberAt(3).ShouldBe(outcome.TestPredictions.Values[3]);
    }
}
