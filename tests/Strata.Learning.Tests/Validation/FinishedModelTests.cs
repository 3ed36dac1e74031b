using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Learning.Tests.Automl;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation;

public sealed class FinishedModelTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 2 };

    private static Pipeline Line => DefaultPreparation.For(new Ridge(), needsCompleteNumbers: true);

    private static Pipeline Logistic => DefaultPreparation.For(new LogisticRegression(), needsCompleteNumbers: true);

    private static Pipeline Boosting => DefaultPreparation.For(new GradientBoosting { Trees = 40 }, needsCompleteNumbers: false);

    [Theory]
    [InlineData(RegionMethod.CvPlus)]
    [InlineData(RegionMethod.Split)]
    [InlineData(RegionMethod.Cqr)]
    public void Intervals_of_numbers_cover_their_share_of_new_rows(RegionMethod method)
    {
        TrainingTable train = SampleTables.Numbers(LearningTask.Regression, 1500, seed: 1), test = SampleTables.Numbers(LearningTask.Regression, 4000, seed: 2);

        Predictions predictions = new Finished(Line) { Level = 0.9, RegionMethod = method }.Fit(train, Context).Predict(test.Features);
        RegionCoverage coverage = Evaluation.Of(predictions, test.Target).Regions!;

        coverage.Coverage.ShouldBe(0.9, 0.025);
        coverage.Groups.Count.ShouldBe(4);
        coverage.Groups.Sum(group => group.RowCount).ShouldBe(4000);
        coverage.Size.ShouldBeLessThan(9); // Noise of deviation 1.5 needs 4.9; quantile trees are coarser than the line.
    }

    [Theory]
    [InlineData(RegionMethod.CvPlus, LearningTask.BinaryClassification)]
    [InlineData(RegionMethod.Split, LearningTask.MulticlassClassification)]
    [InlineData(RegionMethod.CvPlus, LearningTask.MulticlassClassification)]
    public void Sets_of_classes_cover_every_class_in_their_share(RegionMethod method, LearningTask task)
    {
        TrainingTable train = SampleTables.Numbers(task, 2000, seed: 1), test = SampleTables.Numbers(task, 4000, seed: 2);

        Predictions predictions = new Finished(Logistic) { Level = 0.9, RegionMethod = method }.Fit(train, Context).Predict(test.Features);
        RegionCoverage coverage = Evaluation.Of(predictions, test.Target).Regions!;

        coverage.Coverage.ShouldBe(0.9, 0.025);
        coverage.Groups.ShouldAllBe(group => Math.Abs(group.Coverage - 0.9) < 0.05);
        coverage.Size.ShouldBeLessThan(1.5);
    }

    [Fact]
    public void Quantile_intervals_are_wide_where_the_target_is_uncertain()
    {
        var random = new RandomSource(9);
        double[] x = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble())];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", [.. x.Select(value => (0.1 + 2 * value) * random.NextGaussian())]));

        PredictedRegions regions = new Finished(Boosting) { Level = 0.8, RegionMethod = RegionMethod.Cqr }.Fit(table, Context)
            .Predict(new Frame(new Float64Column("x", [0.05, 0.95]))).Regions!;

        (regions.Upper[1] - regions.Lower[1]).ShouldBeGreaterThan(3 * (regions.Upper[0] - regions.Lower[0]));
    }

    [Theory]
    [InlineData("f1")]
    [InlineData("f_beta:0.9")]
    public void A_threshold_tuned_by_a_metric_is_better_by_it_and_is_obeyed_by_labels(string metric)
    {
        TrainingTable train = Rare(3000, 1), test = Rare(3000, 2);
        Metric f1 = Metric.Named(metric);

        Predictions plain = Logistic.Fit(train, Context).Predict(test.Features);
        Predictions tuned = new Finished(Logistic) { DecisionMetric = metric }.Fit(train, Context).Predict(test.Features);

        f1.Of(tuned, test.Target).ShouldBeGreaterThan(f1.Of(plain, test.Target) + 0.03);
        tuned.Values.ShouldBe(plain.Values);
        double threshold = tuned.Decision!.Threshold!.Value;
        threshold.ShouldBeLessThan(0.45);
        Enumerable.Range(0, 200).ShouldAllBe(row => tuned.Label(row) == (tuned.Probability(row, 1) >= threshold ? "yes" : "no"));
    }

    [Fact]
    public void Costs_lower_the_threshold_where_misses_are_dear_and_move_several_classes()
    {
        TrainingTable two = SampleTables.Numbers(LearningTask.BinaryClassification, 1500), three = SampleTables.Numbers(LearningTask.MulticlassClassification, 1500);

        new Finished(Logistic) { Costs = [[0, 1], [9, 0]] }.Fit(two, Context).Decision!.Threshold!.Value.ShouldBeInRange(0.02, 0.25);

        Predictions careful = new Finished(Logistic) { Costs = [[0, 1, 1], [1, 0, 1], [20, 20, 0]] }.Fit(three, Context).Predict(three.Features);
        Predictions plain = Logistic.Fit(three, Context).Predict(three.Features);
        int Called(Predictions predictions) => Enumerable.Range(0, 1500).Count(row => predictions.ClassCode(row) == 2);
        Called(careful).ShouldBeGreaterThan(Called(plain));
    }

    [Fact]
    public void A_finished_model_reads_back_to_the_same_predictions_sets_and_decisions()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, 400);
        FinishedModel model = new Finished(Boosting) { Calibration = CalibrationMethod.Isotonic, DecisionMetric = "balanced_accuracy", Level = 0.8 }.Fit(table, Context);

        FinishedModel back = Back(model).ShouldBeOfType<FinishedModel>();

        Predictions expected = model.Predict(table.Features), actual = back.Predict(table.Features);
        actual.Values.ShouldBe(expected.Values);
        actual.Regions!.Sets.ShouldBe(expected.Regions!.Sets);
        Enumerable.Range(0, 400).ShouldAllBe(row => actual.ClassCode(row) == expected.ClassCode(row));
        back.Notes.ShouldBe(model.Notes);
        back.Notes.Count(note => note.Contains("calibrated") || note.Contains("called from") || note.Contains("Sets cover")).ShouldBe(3);
    }

    [Fact]
    public void Intervals_read_back_and_the_same_seed_gives_the_same()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 300);
        var recipe = new Finished(Boosting) { Level = 0.8 };
        FinishedModel model = recipe.Fit(table, Context);

        PredictedRegions expected = model.Predict(table.Features).Regions!;

        Back(model).Predict(table.Features).Regions!.Upper.ShouldBe(expected.Upper);
        recipe.Fit(table, Context).Predict(table.Features).Regions!.Lower.ShouldBe(expected.Lower);
    }

    [Fact]
    public void Split_intervals_need_no_second_copy_of_the_model()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 300);
        FinishedModel split = new Finished(Boosting) { Level = 0.8, RegionMethod = RegionMethod.Split }.Fit(table, Context);

        PredictedRegions expected = split.Predict(table.Features).Regions!;

        Back(split).Predict(table.Features).Regions!.Lower.ShouldBe(expected.Lower);
        Studies.FileOf(split).Length.ShouldBeLessThan((int)(1.2 * Studies.FileOf(split.Pipeline).Length));
    }

    [Fact]
    public void Few_rows_give_unbounded_intervals_and_full_sets_rather_than_false_ones()
    {
        TrainingTable numbers = SampleTables.Numbers(LearningTask.Regression, 12), classes = SampleTables.Numbers(LearningTask.BinaryClassification, 16);

        new Finished(Line) { Level = 0.99 }.Fit(numbers, Context).Predict(numbers.Features).Regions!.Upper.ShouldAllBe(end => double.IsPositiveInfinity(end));
        new Finished(Logistic) { Level = 0.99, Folds = 2 }.Fit(classes, Context).Predict(classes.Features).Regions!.Sets.ShouldAllBe(inSet => inSet);
    }

    [Fact]
    public void What_does_not_fit_the_target_is_refused_with_every_reason()
    {
        TrainingTable numbers = SampleTables.Numbers(LearningTask.Regression, 50), classes = SampleTables.Numbers(LearningTask.BinaryClassification, 50);

        Should.Throw<DataException>(() => new Finished(Line) { Calibration = CalibrationMethod.Platt, Level = 1 }.Fit(numbers, Context)).Problems.Count.ShouldBe(2);
        Should.Throw<DataException>(() => new Finished(Logistic) { Level = 0.9, RegionMethod = RegionMethod.Cqr }.Fit(classes, Context)).Message.ShouldContain("CQR makes intervals of numbers");
        Should.Throw<DataException>(() => new Finished(Logistic) { Costs = [[0, 1]] }.Fit(classes, Context)).Message.ShouldContain("expected 2 lines of 2");
        Should.Throw<DataException>(() => new Finished(Logistic) { DecisionMetric = "roc_auc" }.Fit(classes, Context)).Message.ShouldContain("same for every threshold");
    }

    private static IModel Back(FinishedModel model) => ModelFile.Load(new MemoryStream(Studies.FileOf(model))).Model;

    /// <summary>One row in eight is positive.</summary>
    private static TrainingTable Rare(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        int[] codes = [.. x.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(2.5 - 1.2 * value)) ? 1 : 0)];
        return new TrainingTable(new Frame(new Float64Column("x", x)), new ClassTarget("rare", codes, ["no", "yes"]));
    }
}
