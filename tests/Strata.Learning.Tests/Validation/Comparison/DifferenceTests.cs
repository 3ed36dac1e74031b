using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Comparison;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Validation.Comparison;

public sealed class DifferenceTests
{
    /// <summary>scipy 1.10: gaps [.02,.01,.03,-.01,.02], error = sqrt((1/5 + 1/4) var), t with 4 degrees.</summary>
    [Fact]
    public void The_corrected_resampled_test_is_students_with_the_enlarged_variance()
    {
        double[] b = [0.80, 0.79, 0.82, 0.81, 0.80], a = [0.82, 0.80, 0.85, 0.80, 0.82];

        Difference difference = CorrectedResampledTest.Of(a, b, 0.25);

        difference.Mean.ShouldBe(0.014, 1e-12);
        difference.PValue.ShouldBe(0.24080150290275057, 1e-9);
        difference.Low.ShouldBe(-0.014246150325226633, 1e-9);
        difference.High.ShouldBe(0.042246150325226633, 1e-9);
        difference.IsClear.ShouldBeFalse();
    }

    [Fact]
    public void Equal_folds_are_no_difference_and_a_constant_gap_is_sure()
    {
        CorrectedResampledTest.Of([0.5, 0.75], [0.5, 0.75], 0.25).PValue.ShouldBe(1);
        CorrectedResampledTest.Of([0.75, 1], [0.5, 0.75], 0.25).PValue.ShouldBe(0);
    }

    [Fact]
    public void Folds_that_do_not_match_and_undefined_values_are_refused_at_once() =>
        Should.Throw<DataException>(() => CorrectedResampledTest.Of([0.5, double.NaN], [0.5], 0)).Problems.Count.ShouldBe(3);

    [Fact]
    public void The_paired_bootstrap_tells_a_better_model_from_an_equal_one()
    {
        var random = new RandomSource(2);
        double[] truth = [.. Enumerable.Range(0, 400).Select(_ => random.NextGaussian())];
        Predictions Off(double by) => Predictions.OfNumbers([.. truth.Select(value => value + by * random.NextGaussian())]);
        var target = new NumberTarget("y", truth);
        Predictions good = Off(0.5), alsoGood = Off(0.5), bad = Off(0.8);
        Metric rmse = Metric.Named("rmse");

        Difference clear = PairedBootstrap.Of(rmse, good, bad, target), none = PairedBootstrap.Of(rmse, good, alsoGood, target);

        clear.High.ShouldBeLessThan(0);
        clear.PValue.ShouldBeLessThan(0.01);
        none.IsClear.ShouldBeFalse();
        PairedBootstrap.Of(rmse, good, bad, target).ShouldBe(clear);
    }

    [Fact]
    public void Intervals_of_metrics_cover_the_value_narrow_with_rows_and_widen_with_groups()
    {
        var random = new RandomSource(3);
        double[] truth = [.. Enumerable.Range(0, 2000).Select(_ => random.NextGaussian())];
        double[] shift = [.. Enumerable.Range(0, 100).Select(_ => random.NextGaussian())];
        Predictions predictions = Predictions.OfNumbers([.. truth.Select((value, row) => value + shift[row / 20])]);
        var target = new NumberTarget("y", truth);
        int[] groups = [.. Enumerable.Range(0, 2000).Select(row => row / 20)];

        double value = Metric.Named("mae").Of(predictions, target);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        MetricInterval byRow = MetricIntervals.Of(predictions, target, cancellation: cancellation)["mae"], byGroup = MetricIntervals.Of(predictions, target, groups: groups, cancellation: cancellation)["mae"];

        value.ShouldBeInRange(byRow.Low, byRow.High);
        (byRow.High - byRow.Low).ShouldBeInRange(0.03, 0.09);
        (byGroup.High - byGroup.Low).ShouldBeGreaterThan(2 * (byRow.High - byRow.Low));
    }
}
