using System.Text.Json;
using Shouldly;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Metrics;

public sealed class EvaluationTests
{
    public static TheoryData<string> CurveCases => [.. MetricFixture.Instance.Classes.Where(each => each.Roc is not null).Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(CurveCases))]
    public void Curves_are_scikit_learns(string name)
    {
        ClassCase fixture = MetricFixture.Instance.Case(name);

        var evaluation = Evaluation.Of(fixture.Predictions, fixture.Target, fixture.Weights);

        RocCurve roc = evaluation.RocCurves.ShouldHaveSingleItem();
        ShouldBeNear(roc.FalsePositiveRate, fixture.Roc![0]);
        ShouldBeNear(roc.TruePositiveRate, fixture.Roc[1]);
        ShouldBeNear(roc.Thresholds, fixture.Roc[2]);
        roc.Area.ShouldBe(fixture.Expected["roc_auc"], 1e-12);
        PrecisionRecallCurve curve = evaluation.PrecisionRecallCurves.ShouldHaveSingleItem();
        ShouldBeNear([.. curve.Precision.Reverse()], fixture.PrecisionRecall![0]);
        ShouldBeNear([.. curve.Recall.Reverse()], fixture.PrecisionRecall[1]);
        ShouldBeNear([.. curve.Thresholds.Skip(1).Reverse()], fixture.PrecisionRecall[2]);
        if (fixture.Weights is null)
        {
            CalibrationCurve calibration = evaluation.Calibration.ShouldHaveSingleItem();
            ShouldBeNear(calibration.MeanPredicted, fixture.Calibration![0]);
            ShouldBeNear(calibration.Observed, fixture.Calibration[1]);
            calibration.Counts.Sum().ShouldBe(fixture.Truth.Length);
        }
    }

    [Theory]
    [MemberData(nameof(MetricTests.ClassCases), MemberType = typeof(MetricTests))]
    public void The_confusion_matrix_is_scikit_learns(string name)
    {
        ClassCase fixture = MetricFixture.Instance.Case(name);

        double[][] confusion = Evaluation.Of(fixture.Predictions, fixture.Target, fixture.Weights).Confusion;

        for (int code = 0; code < fixture.Classes; code++)
        {
            ShouldBeNear(confusion[code], fixture.Confusion[code]);
        }
    }

    [Fact]
    public void Several_classes_have_a_curve_each_against_the_rest()
    {
        ClassCase fixture = MetricFixture.Instance.Case("five classes");

        var evaluation = Evaluation.Of(fixture.Predictions, fixture.Target);

        evaluation.RocCurves.Select(curve => curve.Class).ShouldBe(fixture.ClassNames);
        evaluation.RocCurves.Average(curve => curve.Area).ShouldBe(fixture.Expected["roc_auc"], 1e-12);
        evaluation.PrecisionRecallCurves.Average(curve => curve.AveragePrecision).ShouldBe(fixture.Expected["average_precision"], 1e-12);
        evaluation.Calibration.Count.ShouldBe(5);
        evaluation.Thresholds.ShouldBeEmpty();
        evaluation.Residuals.ShouldBeNull();
        evaluation.PerClass.Average(report => report.F1).ShouldBe(fixture.Expected["f1_macro"], 1e-12);
        evaluation.PerClass.Sum(report => report.Support).ShouldBe(60);
    }

    [Fact]
    public void Rows_of_one_class_are_measured_as_far_as_that_goes_and_the_rest_is_noted()
    {
        var evaluation = Evaluation.Of(Scored.OfYes(0.1, 0.2, 0.7), Scored.YesNo(0, 0, 0));

        evaluation.Metrics["accuracy"].ShouldBe(2 / 3.0, 1e-12);
        evaluation.Metrics.Keys.ShouldNotContain("roc_auc");
        evaluation.RocCurves.ShouldBeEmpty();
        evaluation.Notes.ShouldBe(["Undefined on these rows: roc_auc."]);
    }

    [Fact]
    public void Each_threshold_says_what_it_would_give()
    {
        var evaluation = Evaluation.Of(Scored.OfYes(0.1, 0.4, 0.35, 0.8), Scored.YesNo(0, 0, 1, 1), [1, 2, 1, 1]);

        evaluation.Thresholds.Count.ShouldBe(101);
        evaluation.Thresholds[35].ShouldBe(new ThresholdPoint(0.35, Tp: 2, Fp: 2, Tn: 1, Fn: 0, Precision: 0.5, Recall: 1, F1: 4 / 6.0, Accuracy: 0.6));
        evaluation.Thresholds[36].ShouldBe(new ThresholdPoint(0.36, Tp: 1, Fp: 2, Tn: 1, Fn: 1, Precision: 1 / 3.0, Recall: 0.5, F1: 0.4, Accuracy: 0.4));
        evaluation.Thresholds[0].Recall.ShouldBe(1);
        evaluation.Thresholds[100].ShouldBe(new ThresholdPoint(1, 0, 0, 3, 2, 0, 0, 0, 0.6));
    }

    [Fact]
    public void Long_curves_are_thinned_without_losing_their_shape()
    {
        var random = new RandomSource(3);
        int[] truth = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextDouble() < 0.02 ? 1 : 0)];
        Predictions predictions = Scored.OfYes([.. truth.Select(code => 1 / (1 + Math.Exp(3 - 1.5 * code - random.NextGaussian())))]);

        var evaluation = Evaluation.Of(predictions, Scored.YesNo(truth));

        RocCurve roc = evaluation.RocCurves[0];
        roc.Thresholds.Length.ShouldBeInRange(200, 500);
        Area(roc.FalsePositiveRate, roc.TruePositiveRate).ShouldBe(roc.Area, 0.002);
        roc.Area.ShouldBe(evaluation.Metrics["roc_auc"]);
        PrecisionRecallCurve curve = evaluation.PrecisionRecallCurves[0];
        curve.Thresholds.Length.ShouldBeInRange(100, 500);
        Area(curve.Recall, curve.Precision).ShouldBe(curve.AveragePrecision, 0.01);
        (roc.FalsePositiveRate[^1], roc.TruePositiveRate[^1], curve.Recall[^1]).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Residuals_show_at_most_2000_points_and_count_every_row()
    {
        var random = new RandomSource(4);
        double[] truth = [.. Enumerable.Range(0, 5000).Select(_ => random.NextGaussian())];

        Residuals residuals = Evaluation.Of(Predictions.OfNumbers([.. truth.Select(value => value - 1)]), new NumberTarget("y", [.. truth.Select((value, i) => value + i % 2)])).Residuals!;

        residuals.Rows.Length.ShouldBe(2000);
        residuals.Actual[1].ShouldBe(truth[residuals.Rows[1]] + residuals.Rows[1] % 2);
        residuals.HistogramCounts.Sum().ShouldBe(5000);
        (residuals.HistogramCounts[0] + residuals.HistogramCounts[1], residuals.HistogramCounts[^1] + residuals.HistogramCounts[^2]).ShouldBe((2500, 2500));
        residuals.HistogramEdges.Length.ShouldBe(residuals.HistogramCounts.Length + 1);
        Evaluation.Of(Predictions.OfNumbers([1, 2]), new NumberTarget("y", [1, 2])).Residuals!.HistogramCounts.ShouldBe([2]);
    }

    [Fact]
    public void An_evaluation_survives_json()
    {
        ClassCase fixture = MetricFixture.Instance.Case("two classes with ties and weights");
        var classes = Evaluation.Of(fixture.Predictions, fixture.Target, fixture.Weights);
        var numbers = Evaluation.Of(Predictions.OfNumbers([1, 2, 4]), new NumberTarget("y", [1, 2, 3]));

        foreach (Evaluation evaluation in (Evaluation[])[classes, numbers])
        {
            string json = JsonSerializer.Serialize(evaluation, ModelFileJson.Options);
            Evaluation read = JsonSerializer.Deserialize<Evaluation>(json, ModelFileJson.Options)!;

            JsonSerializer.Serialize(read, ModelFileJson.Options).ShouldBe(json);
            read.Metrics.ShouldBe(evaluation.Metrics);
        }

        JsonSerializer.Serialize(classes, ModelFileJson.Options).ShouldContain("\"true_positive_rate\":[");
        classes.Metrics.Keys.First().ShouldBe("accuracy");
    }

    private static double Area(double[] x, double[] y) => Enumerable.Range(1, x.Length - 1).Sum(i => (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2);

    private static void ShouldBeNear(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-12);
        }
    }
}
