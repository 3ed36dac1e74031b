using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class ScalingTests
{
    [Fact]
    public void Quantile_scales_are_those_of_scikit_learn()
    {
        IFittedStep uniform = Fitted(new QuantileScale(), Table(Numbers("train")));

        uniform.Apply(Numbers("asked")).ShouldBeRows(Rows("quantile", "uniform"), 1e-10);
        uniform.Apply(Numbers("train")).ShouldBeRows(Rows("quantile", "uniform_training"), 1e-10);
        Fitted(new QuantileScale { Quantiles = 20, Shape = SpreadShape.Normal }, Table(Numbers("train"))).Apply(Numbers("asked")).ShouldBeRows(Rows("quantile", "normal"), 1e-8);
    }

    [Fact]
    public void Powers_are_those_of_scikit_learn()
    {
        double[] powers = Get<double[]>("yeo_johnson", "powers");

        var fitted = (ColumnwiseStep<YeoJohnsonRule>)Fitted(new YeoJohnson(), Table(Numbers("train")));

        fitted.Rules.Select(rule => rule.Power!.Value).ShouldBe(powers, 1e-6);
        fitted.Apply(Numbers("asked")).ShouldBeRows(Rows("yeo_johnson", "asked"), 1e-5);
        Fitted(new YeoJohnson { Standardize = false }, Table(Numbers("train"))).Apply(Numbers("asked")).ShouldBeRows(Rows("yeo_johnson", "bent"), 1e-5);
    }

    [Fact]
    public void Whole_weights_equal_repeated_rows()
    {
        Frame train = Numbers("train");
        double[] weights = [.. Enumerable.Range(0, train.RowCount).Select(row => (double)(row % 4))];
        int[] repeated = [.. weights.SelectMany((weight, row) => Enumerable.Repeat(row, (int)weight))];

        foreach (IStep step in new IStep[] { new QuantileScale { Quantiles = 9 }, new QuantileScale { Quantiles = 9, Shape = SpreadShape.Normal }, new YeoJohnson() })
        {
            Frame weighted = Fitted(step, Table(train, weights)).Apply(train), twice = Fitted(step, Table(train.Take(repeated))).Apply(train);
            weighted.ShouldBeRows(RowsOf(twice), 1e-6);
        }
    }

    [Fact]
    public void Constant_and_empty_columns_and_single_rows_give_finite_numbers_or_stay_missing()
    {
        var rows = new Frame(new Float64Column("same", [5, 5, 5]), new Float64Column("empty", [double.NaN, double.NaN, double.NaN]));

        foreach (IStep step in new IStep[] { new QuantileScale(), new QuantileScale { Shape = SpreadShape.Normal }, new YeoJohnson(), new Scale() })
        {
            foreach (int count in new[] { 3, 1 })
            {
                Frame scaled = Fitted(step, Table(rows.Take(Enumerable.Range(0, count).ToArray()))).Apply(rows);
                scaled["same"].ShouldBeOfType<Float64Column>().Values.ShouldAllBe(value => double.IsFinite(value));
                scaled["empty"].MissingCount.ShouldBe(3);
            }
        }
    }

    [Fact]
    public void Quantiles_in_between_follow_the_definition()
    {
        var random = RandomSource.For(4, "quantiles");
        double[] values = [.. Enumerable.Range(0, 57).Select(_ => Math.Round(random.NextGaussian(), 1))], weights = [.. values.Select(_ => (double)random.NextInt(4))];

        foreach (double[]? w in new[] { null, weights })
        {
            double[] together = WeightedNumbers.Of(new Float64Column("x", values), w).Quantiles(21);
            together.ShouldBe(Enumerable.Range(0, 21).Select(k => WeightedNumbers.Of(new Float64Column("x", values), w).Quantile(k / 20.0)), 1e-12);
        }
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-300, -37.0471)]
    public void Normal_quantiles_are_the_known_ones(double probability, double quantile) => NormalDistribution.Quantile(probability).ShouldBe(quantile, quantile < -10 ? 1e-4 : 1e-12);
}
