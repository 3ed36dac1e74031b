using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Workflow;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Automl;

/// <summary>Calibration, thresholds and intervals of an automatic model are learned from its own folds: it is fitted once.</summary>
public sealed class AutomlFinishTests
{
    private const int Folds = 3;
    private readonly SlowTree tree = new(new SteppedClock(), 0);

    [Theory]
    [InlineData(0.25)]
    [InlineData(0)]
    public void Probabilities_are_calibrated_and_decided_by_what_its_folds_said(double testSize)
    {
        var plan = new TrainingPlan { Target = "y", Calibration = CalibrationMethod.Isotonic, DecisionMetric = "f1", TestSize = testSize };

        TrainingOutcome outcome = Run(plan, SampleTables.Mixed(LearningTask.BinaryClassification, rows: 400));

        tree.Fits.Count.ShouldBe(Folds);
        FinishedModel model = outcome.Model.ShouldBeOfType<FinishedModel>();
        int learned = testSize == 0 ? 400 : 300;
        model.Finish[0].ShouldContain($"calibrated (isotonic) on {learned} rows by models that had not seen them");
        model.Decision!.Threshold.ShouldNotBeNull();
        outcome.LearnedFromTest.ShouldBe(testSize == 0);
        outcome.TestPredictions.RowCount.ShouldBe(400 - (testSize == 0 ? 0 : learned));
        Enumerable.Range(0, outcome.TestPredictions.RowCount).Select(row => outcome.TestPredictions.Probability(row, 1)).Distinct().Count().ShouldBeLessThan(60, "isotonic calibration goes by steps");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    public void Intervals_are_as_wide_as_its_folds_were_wrong(double testSize)
    {
        var plan = new TrainingPlan { Target = "y", Intervals = 0.8, TestSize = testSize };

        TrainingOutcome outcome = Run(plan, SampleTables.Mixed(LearningTask.Regression, rows: 1000));

        tree.Fits.Count.ShouldBe(Folds);
        outcome.Model.Notes.ShouldContain(note => note.StartsWith("Intervals cover 80% by the errors of the model's folds on ", StringComparison.Ordinal));
        outcome.Evaluation.Regions!.Coverage.ShouldBe(0.8, 0.06);
        outcome.Evaluation.Regions.Size.ShouldBeGreaterThan(0.1);

        Frame rows = outcome.Test.Table.Features;
        ModelFile.Load(new MemoryStream(Studies.FileOf(outcome.Model))).Model.Predict(rows).Regions!.Upper.ShouldBe(outcome.Model.Predict(rows).Regions!.Upper);
    }

    private TrainingOutcome Run(TrainingPlan plan, TrainingTable table)
    {
        Column target = table.Target is NumberTarget numbers ? new Float64Column("y", numbers.Values) : new CategoryColumn("y", ((ClassTarget)table.Target).Codes, [.. table.Target.Classes]);
        plan = plan with { Algorithm = AutomlRecipe.AlgorithmName, Seed = 5, Hyperparameters = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["deterministic"] = true, ["folds"] = Folds } };
        AutomlRecipe Watched(AutomlRecipe recipe)
        {
            RecipeMaker real = recipe.Maker!;
            return recipe with { Portfolio = ["slow"], Maker = (name, settings, task) => name == "slow" ? tree : real(name, settings, task) };
        }

        return Training.Run(plan, table.Features.With(target), Studies.Context, withImportance: false, adjust: recipe => Watched((AutomlRecipe)recipe));
    }
}
