using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation;

public sealed class CrossValidationTests
{
    [Fact]
    public void Every_row_is_predicted_once_by_a_model_that_has_not_seen_it()
    {
        var recipe = new Memory();
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 53);

        CrossValidation result = CrossValidation.Run(recipe, table, 5, new FitContext());

        result.OutOfFoldRows.ShouldBe(Enumerable.Range(0, 53));
        result.OutOfFold.Values.ShouldAllBe(seen => seen == 0);
        recipe.FitRowCounts.Order().ShouldBe([42, 42, 42, 43, 43]);
        result.Folds.Count.ShouldBe(5);
    }

    [Fact]
    public void Rows_of_a_group_are_never_learned_from_when_one_of_them_is_tested()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 60);
        int[] groups = [.. Enumerable.Range(0, 60).Select(row => row % 12)];

        CrossValidation result = CrossValidation.Run(new Memory(), new TrainingTable(table.Features, table.Target, groups: groups), 4, new FitContext());

        result.Split.Kind.ShouldBe(SplitKind.Group);
        foreach (Fold fold in result.Folds)
        {
            fold.Rows.Train.Select(row => groups[row]).Intersect(fold.Rows.Test.Select(row => groups[row])).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Splitting_by_time_leaves_the_earliest_rows_without_a_prediction()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 40);
        double[] times = [.. Enumerable.Range(0, 40).Select(row => (double)-row)];

        CrossValidation result = CrossValidation.Run(new Memory(), new TrainingTable(table.Features, table.Target, times: times), 3, new FitContext());

        result.OutOfFoldRows.ShouldBe(Enumerable.Range(0, 30));
        result.OutOfFold.RowCount.ShouldBe(30);
    }

    [Fact]
    public void Metrics_are_summarised_by_mean_and_sample_deviation_over_the_folds()
    {
        CrossValidation result = CrossValidation.Run(new Memory(), SampleTables.Numbers(LearningTask.BinaryClassification, rows: 50), 5, new FitContext());

        double[] values = [.. result.Folds.Select(fold => fold.Evaluation.Metrics["brier"])];
        result.Metrics["brier"].Mean.ShouldBe(values.Average());
        double deviation = Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / 4);
        result.Metrics["brier"].StandardDeviation.ShouldBe(deviation, 1e-12);
        result.Metrics["brier"].FoldCount.ShouldBe(5);
        result.Overall.RowCount.ShouldBe(50);
        result.Overall.Metrics["brier"].ShouldBe(values.Average(), 1e-12);
    }

    [Fact]
    public void Progress_rises_to_the_end_and_tells_each_folds_metrics()
    {
        var reports = new List<FitProgress>();
        var context = new FitContext { Progress = new Recorder(reports) };

        CrossValidation.Run(new Memory(), SampleTables.Numbers(LearningTask.Regression, rows: 30), 3, context);

        int[] steps = [.. reports.Select(report => report.Step)];
        steps.ShouldBe([499, 999, 999, 1499, 1999, 1999, 2499, 2999, 2999]);
        reports.ShouldAllBe(report => report.StepCount == 3000);
        reports.Count(report => report.Metrics.ContainsKey("rmse")).ShouldBe(3);
    }

    [Fact]
    public void Cancelling_stops_between_folds()
    {
        using var source = new CancellationTokenSource();
        var recipe = new Memory { AfterFit = source.Cancel };

        Should.Throw<OperationCanceledException>(() =>
            CrossValidation.Run(recipe, SampleTables.Numbers(LearningTask.Regression, rows: 30), 3, new FitContext { Cancellation = source.Token }));

        recipe.FitRowCounts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_row_tested_in_two_folds_is_refused()
    {
        var split = new RowSplit([0, 1], [2, 3]);

        Should.Throw<DataException>(() => CrossValidation.Run(
            new Memory(), SampleTables.Numbers(LearningTask.Regression, rows: 4), [split, split], new SplitDescription(SplitKind.Random, "Twice."), new FitContext()))
            .Message.ShouldContain("Row 3 is tested in two folds");
    }

    private sealed class Recorder(List<FitProgress> reports) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => reports.Add(value);
    }

    /// <summary>Predicts 1 (or a certain class 1) for rows that it has learned from and 0 for others.</summary>
    private sealed class Memory : IRecipe
    {
        public List<int> FitRowCounts { get; } = [];

        public Action AfterFit { get; init; } = () => { };

        public string Algorithm => "memory";

        public IModel Fit(TrainingTable table, FitContext context)
        {
            FitRowCounts.Add(table.RowCount);
            context.Progress?.Report(new FitProgress(0, 2, new Dictionary<string, double> { ["train_loss"] = 1 }));
            context.Progress?.Report(new FitProgress(1, 2, new Dictionary<string, double>()));
            AfterFit();
            return new MemoryModel(ModelSignature.Of(table), [.. Enumerable.Range(0, table.RowCount).Select(row => table.Features.Columns[0].NumberAt(row))]);
        }
    }

    private sealed class MemoryModel(ModelSignature signature, HashSet<double> seen) : IModel
    {
        public string Algorithm => "memory";

        public ModelSignature Signature => signature;

        public Predictions Predict(Frame rows, int threads = 1)
        {
            double[] known = [.. Enumerable.Range(0, rows.RowCount).Select(row => seen.Contains(rows.Columns[0].NumberAt(row)) ? 1.0 : 0.0)];
            return signature.Task == LearningTask.Regression
                ? Predictions.OfNumbers(known)
                : Predictions.OfProbabilities(signature.Classes, known, [.. known.SelectMany(yes => new[] { 1 - yes, yes })]);
        }

        public void Write(ModelWriter writer) => writer.Set("seen", seen);
    }
}
