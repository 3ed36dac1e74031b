using Shouldly;
using Strata.Learning.Validation.Drift;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Validation.Drift;

/// <summary>Figures beside scipy 1.10's are from <c>scipy.stats.chi2.sf</c>, <c>chi2_contingency(correction=False)</c> and <c>ks_2samp(method="asymp")</c>.</summary>
public class DriftTests
{
    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(18.307038053275146, 10, 0.05)]
    [InlineData(0.5, 4, 0.9735009788392561)]
    [InlineData(60, 5, 1.2154569777183007e-11)]
    public void The_chi_square_tail_is_scipys(double statistic, int freedom, double expected) => ChiSquareTest.Above(statistic, freedom).ShouldBe(expected, expected * 1e-9);

    [Fact]
    public void Homogeneity_of_a_two_by_two_table_is_the_formula()
    {
        ChiSquareTest test = ChiSquareTest.Of([30, 70], [50, 50])!;
        test.Statistic.ShouldBe(200.0 * Math.Pow(30 * 50 - 70 * 50, 2) / (80.0 * 120 * 100 * 100), 1e-9);
        (test.Freedom, Math.Round(test.CramersV, 6)).ShouldBe((1, Math.Round(Math.Sqrt(test.Statistic / 200), 6)));
        ChiSquareTest.Of([30, 70, 1, 1], [50, 50, 1, 0])!.Freedom.ShouldBe(2);
        ChiSquareTest.Of([100], [100]).ShouldBeNull();
    }

    [Fact]
    public void The_distance_of_distribution_functions_counts_ties_once()
    {
        KolmogorovSmirnov.Distance([1, 2, 3, 4], [1, 2, 3, 4]).ShouldBe(0);
        KolmogorovSmirnov.Distance([1, 1, 1, 2], [1, 2, 2, 2]).ShouldBe(0.5);
        KolmogorovSmirnov.Distance([1, 2], [3, 4]).ShouldBe(1);
    }

    [Fact]
    public void Samples_of_one_distribution_are_called_different_no_more_often_than_the_level()
    {
        int numbers = 0, levels = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            var random = RandomSource.For(seed, "drift");
            double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
            string[] Pick(int count) => [.. Enumerable.Range(0, count).Select(_ => $"l{(int)(6 * random.NextDouble() * random.NextDouble())}")];
            numbers += ColumnDrift.OfNumbers("x", Draw(300), Draw(200)).PValue < 0.05 ? 1 : 0;
            levels += ColumnDrift.OfLevels("x", Pick(300), Pick(200)).PValue < 0.05 ? 1 : 0;
        }

        numbers.ShouldBeInRange(5, 32);
        levels.ShouldBeInRange(5, 32);
    }

    [Fact]
    public void A_shift_a_new_level_and_missing_values_are_seen_and_few_values_are_not_judged()
    {
        var random = new RandomSource(1);
        double[] before = [.. Enumerable.Range(0, 500).Select(_ => random.NextGaussian())];
        ColumnDrift shifted = ColumnDrift.OfNumbers("x", before, [.. before.Select(value => value + 1)]);
        shifted.PValue!.Value.ShouldBeLessThan(1e-6);
        shifted.Stability.ShouldBeGreaterThan(0.25);
        ColumnDrift.OfNumbers("x", before, before).Stability.ShouldBe(0, 1e-12);
        ColumnDrift gaps = ColumnDrift.OfNumbers("x", before, [.. before.Select((value, i) => i % 2 == 0 ? double.NaN : value)]);
        (gaps.MissingBefore, gaps.MissingNow).ShouldBe((0, 0.5));
        gaps.Stability.ShouldBeGreaterThan(0.25);
        ColumnDrift.OfLevels("x", [.. Enumerable.Repeat("a", 200)], [.. Enumerable.Repeat("b", 200)]).Effect!.Value.ShouldBe(1, 1e-9);
        ColumnDrift.OfNumbers("x", before, [1, 2, 3]).PValue.ShouldBeNull();
    }

    [Fact]
    public void Adjusted_p_values_are_those_of_benjamini_and_hochberg()
    {
        double?[] adjusted = FalseDiscoveryRate.Adjust([0.01, null, 0.04, 0.03, 0.005]);
        adjusted[1].ShouldBeNull();
        adjusted[0]!.Value.ShouldBe(0.02, 1e-12);
        adjusted[2]!.Value.ShouldBe(0.04, 1e-12);
        adjusted[3]!.Value.ShouldBe(0.04, 1e-12);
        adjusted[4]!.Value.ShouldBe(0.02, 1e-12);
    }
}
