using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural;

public sealed class UncertaintyTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 2 };

    [Theory]
    [InlineData(NetworkLoss.GaussianNll)]
    [InlineData(NetworkLoss.BetaNll)]
    public void Noise_that_grows_with_a_column_is_found(NetworkLoss loss)
    {
        TrainingTable table = Noisy(3000);
        var recipe = new Mlp { Layers = 2, Width = 32, Dropout = 0, Epochs = 60, LearningRate = 5e-3, Loss = loss };

        Predictions predictions = recipe.Fit(table, Context).Predict(new Frame(new Float64Column("x", [-1.5, 0, 1.5])));

        double[] deviations = predictions.StandardDeviations!;
        double[] truth = [Spread(-1.5), Spread(0), Spread(1.5)];
        deviations.Zip(truth, (found, known) => found / known).ShouldAllBe(ratio => ratio > 0.75 && ratio < 1.35);
        predictions.Uncertainty!.Epistemic.ShouldBe([0, 0, 0]);
        predictions.Values.Zip([-3.0, 0, 3.0], (found, known) => Math.Abs(found - known)).ShouldAllBe(gap => gap < 0.35);
    }

    [Fact]
    public void Members_of_an_ensemble_disagree_about_numbers_where_there_were_no_rows()
    {
        TrainingTable table = Noisy(400);
        var recipe = new Mlp { Layers = 2, Width = 32, Dropout = 0, Epochs = 40, LearningRate = 5e-3, EnsembleMembers = 5, Loss = NetworkLoss.GaussianNll };

        NetworkModel model = recipe.Fit(table, Context);
        PredictedUncertainty uncertainty = model.Predict(new Frame(new Float64Column("x", [-1, 0, 1, 9, -9]))).Uncertainty!;

        model.MemberCount.ShouldBe(5);
        uncertainty.Epistemic[3].ShouldBeGreaterThan(5 * uncertainty.Epistemic.Take(3).Max());
        uncertainty.Epistemic[4].ShouldBeGreaterThan(5 * uncertainty.Epistemic.Take(3).Max());
        uncertainty.Aleatoric!.Take(3).ShouldAllBe(variance => variance > 0.01);
    }

    [Fact]
    public void Members_of_an_ensemble_disagree_about_classes_where_there_were_no_rows()
    {
        // Two rings that touch nothing beyond radius 2: far away along the second column nothing is known.
        var random = new RandomSource(4);
        double[] a = [.. Enumerable.Range(0, 400).Select(_ => random.NextGaussian())], b = [.. Enumerable.Range(0, 400).Select(_ => 0.3 * random.NextGaussian())];
        var table = new TrainingTable(new Frame(new Float64Column("a", a), new Float64Column("b", b)), new ClassTarget("side", [.. a.Select(value => value > 0 ? 1 : 0)], ["left", "right"]));
        var recipe = new Mlp { Layers = 2, Width = 32, Dropout = 0, Epochs = 30, LearningRate = 5e-3, EnsembleMembers = 5 };

        Predictions predictions = recipe.Fit(table, Context).Predict(new Frame(new Float64Column("a", [-1.5, 1.5, 0, 0]), new Float64Column("b", [0, 0, 2, -2])));

        double[] epistemic = predictions.Uncertainty!.Epistemic;
        epistemic[2].ShouldBeGreaterThan(3 * Math.Max(epistemic[0], epistemic[1]));
        for (int row = 0; row < 4; row++)
        {
            (predictions.Probability(row, 0) + predictions.Probability(row, 1)).ShouldBe(1, 1e-12);
            (1 / (1 + Math.Exp(-predictions.RawScores[row]))).ShouldBe(predictions.Probability(row, 1), 1e-9);
        }
    }

    [Theory]
    [InlineData(LearningTask.Regression)]
    [InlineData(LearningTask.MulticlassClassification)]
    public void Samples_of_dropout_say_the_same_of_a_row_whatever_rows_are_beside_it(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        NetworkModel model = new Mlp { Width = 32, Dropout = 0.3, Epochs = 10, LearningRate = 5e-3, DropoutSamples = 8 }.Fit(table, Context);

        Predictions all = model.Predict(table.Features), alone = model.Predict(table.Features.Take([17]), threads: 2);

        int width = all.Values.Length / all.RowCount;
        alone.Values.ShouldBe(all.Values[(17 * width)..(18 * width)]);
        alone.Uncertainty!.Epistemic[0].ShouldBe(all.Uncertainty!.Epistemic[17]);
        all.Uncertainty.Epistemic.Average().ShouldBeGreaterThan(1e-4);
    }

    [Theory]
    [InlineData(LearningTask.Regression, NetworkLoss.GaussianNll, 0)]
    [InlineData(LearningTask.BinaryClassification, NetworkLoss.Auto, 4)]
    public void An_ensemble_comes_back_from_its_file_as_it_was(LearningTask task, NetworkLoss loss, int samples)
    {
        TrainingTable table = SampleTables.Mixed(task);
        NetworkModel model = new Mlp { Width = 16, Epochs = 4, EnsembleMembers = 3, Loss = loss, DropoutSamples = samples }.Fit(table, Context);

        NetworkModel read = NetworkModel.Read<Mlp>(ModelContainer.Read(new MemoryStream(TrainingFeatureTests.FileOf(model))));

        read.MemberCount.ShouldBe(3);
        Predictions before = model.Predict(table.Features), after = read.Predict(table.Features);
        after.Values.ShouldBe(before.Values);
        after.Uncertainty!.Epistemic.ShouldBe(before.Uncertainty!.Epistemic);
    }

    [Theory]
    [InlineData(LearningTask.Regression, NetworkLoss.GaussianNll)]
    [InlineData(LearningTask.BinaryClassification, NetworkLoss.Auto)]
    [InlineData(LearningTask.MulticlassClassification, NetworkLoss.Auto)]
    public void An_exported_ensemble_answers_by_the_mean_too(LearningTask task, NetworkLoss loss)
    {
        TrainingTable table = SampleTables.Mixed(task);
        NetworkModel model = new Mlp { Width = 16, Epochs = 3, EnsembleMembers = 3, Loss = loss }.Fit(table, Context);

        OnnxExport.Of(model).Certify(table.Features).Agrees.ShouldBeTrue();
    }

    [Fact]
    public void Samples_of_dropout_cannot_be_exported() =>
        Should.Throw<DataException>(() => OnnxExport.Of(new Mlp { Epochs = 1, DropoutSamples = 2 }.Fit(SampleTables.Mixed(LearningTask.Regression), Context))).Message.ShouldContain("dropout_samples = 0");

    [Fact]
    public void Intervals_and_calibration_go_with_what_networks_say_of_themselves()
    {
        TrainingTable table = Noisy(900), test = Noisy(400, seed: 7), classes = SampleTables.Mixed(LearningTask.BinaryClassification);
        var recipe = new Mlp { Layers = 1, Width = 16, Dropout = 0, Epochs = 15, LearningRate = 1e-2, EnsembleMembers = 2 };

        Predictions numbers = new Finished(new Pipeline([], recipe with { Loss = NetworkLoss.GaussianNll })) { Level = 0.8, RegionMethod = RegionMethod.Split }.Fit(table, Context).Predict(test.Features);
        Predictions called = new Finished(new Pipeline([], recipe)) { Calibration = CalibrationMethod.Platt, Folds = 3 }.Fit(classes, Context).Predict(classes.Features);

        double[] truth = ((NumberTarget)test.Target).Values;
        (Enumerable.Range(0, 400).Count(row => truth[row] >= numbers.Regions!.Lower[row] && truth[row] <= numbers.Regions.Upper[row]) / 400.0).ShouldBe(0.8, 0.08);
        numbers.Uncertainty!.Aleatoric!.Length.ShouldBe(400);
        numbers.StandardDeviations!.Length.ShouldBe(400);
        called.Uncertainty!.Epistemic.Average().ShouldBeGreaterThan(0);
    }

    private static double Spread(double x) => 0.2 + 0.4 * (x + 2);

    /// <summary>y = 2 x, with noise that grows with x.</summary>
    private static TrainingTable Noisy(int rows, ulong seed = 6)
    {
        var random = new RandomSource(seed);
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => 4 * random.NextDouble() - 2)];
        return new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", [.. x.Select(value => 2 * value + Spread(value) * random.NextGaussian())]));
    }
}
