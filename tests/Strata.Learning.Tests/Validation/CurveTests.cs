using Shouldly;
using Strata.Learning.Linear;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Comparison;
using Strata.Learning.Validation.Curves;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation;

public sealed class CurveTests
{
    private static readonly FitContext Context = new() { Seed = 1, Threads = 2 };

    [Fact]
    public void More_rows_bring_training_and_test_errors_together()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 600, 20);

        IReadOnlyList<CurvePoint> curve = LearningCurve.Of(new Ridge(), table, Metric.Named("rmse"), [0.06, 0.3, 1], 3, Context);

        curve.Select(point => point.At).ShouldBe([24, 120, 400]);
        curve[0].MeanTest.ShouldBeGreaterThan(curve[2].MeanTest);
        (curve[0].MeanTest - curve[0].MeanTraining).ShouldBeGreaterThan(4 * (curve[2].MeanTest - curve[2].MeanTraining));
        curve[0].Test.Length.ShouldBe(3);
    }

    [Fact]
    public void Deeper_trees_fit_training_rows_better_and_test_rows_worse()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, 400);

        IReadOnlyList<CurvePoint> curve = ValidationCurve.Of(depth => new DecisionTree { MaxDepth = (int)depth }, [2, 12], table, Metric.Named("accuracy"), 3, Context);

        curve[1].MeanTraining.ShouldBeGreaterThan(curve[0].MeanTraining);
        curve[1].MeanTest.ShouldBeLessThan(curve[1].MeanTraining - 0.03);
    }

    [Fact]
    public void Nested_cross_validation_chooses_within_each_outer_fold()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 200);
        var good = new Ridge { Alpha = 0.1 };
        var bad = new Ridge { Alpha = 1e7 };

        var choice = new BestOf([bad, good], Folds: 3);

        choice.Choose(table, Context).ShouldBe(good);
        CrossValidation nested = CrossValidation.Run(choice, table, 3, Context), plain = CrossValidation.Run(good, table, 3, Context);
        nested.Overall.Metrics["rmse"].ShouldBe(plain.Overall.Metrics["rmse"]);
        CorrectedResampledTest.Of(plain, CrossValidation.Run(bad, table, 3, Context), "rmse").High.ShouldBeLessThan(0);
    }
}
