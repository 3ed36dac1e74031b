using Shouldly;
using Strata.Learning.Validation.Comparison;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Validation.Comparison;

public class SequentialTestTests
{
    private const int Tests = 1000;
    private const int Values = 3000;

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.05, 0.5)]
    [InlineData(0.3, 0.1)]
    public void Of_tests_without_a_difference_no_more_than_the_level_find_one_although_each_value_is_looked_at(double chance, double share)
    {
        int found = Enumerable.Range(0, Tests).Count(seed => Run((ulong)seed, share, random => random.NextDouble() < chance ? 1 : 0, 0) is { IsDecided: true });
        ((double)found / Tests).ShouldBeLessThan(0.05 + 2.33 * Math.Sqrt(0.05 * 0.95 / Tests));
    }

    [Fact]
    public void The_same_holds_for_numbers_with_long_tails()
    {
        int found = Enumerable.Range(0, Tests).Count(seed => Run((ulong)seed, 0.5, random => Math.Exp(random.NextGaussian()), 0) is { IsDecided: true });
        ((double)found / Tests).ShouldBeLessThan(0.05 + 2.33 * Math.Sqrt(0.05 * 0.95 / Tests));
    }

    [Fact]
    public void A_difference_is_found_and_the_interval_holds_it_at_all_times()
    {
        int found = 0, missed = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = RandomSource.For(seed, "sequential");
            var test = new SequentialTest(0.05, 0.1);
            bool everMissed = false;
            for (int i = 0; i < Values; i++)
            {
                test.Add(i % 2 == 1, random.NextGaussian() + (i % 2 == 1 ? 0.3 : 0));
                everMissed |= test.Interval.Lower > 0.3 || test.Interval.Upper < 0.3;
            }

            found += test is { IsDecided: true, Difference: > 0 } ? 1 : 0;
            missed += everMissed ? 1 : 0;
        }

        found.ShouldBeGreaterThan(195);
        missed.ShouldBeLessThanOrEqualTo(18);
    }

    [Fact]
    public void Nothing_is_said_of_few_values_and_of_values_that_never_differ()
    {
        var test = new SequentialTest();
        for (int i = 0; i < 98; i++)
        {
            test.Add(i % 2 == 0, i % 2 == 0 ? 1 : 0);
        }

        (test.PValue, test.Interval).ShouldBe((1, (double.NegativeInfinity, double.PositiveInfinity)));
        var constant = new SequentialTest();
        for (int i = 0; i < 500; i++)
        {
            constant.Add(i % 2 == 0, 1);
        }

        constant.PValue.ShouldBe(1);
    }

    private static SequentialTest Run(ulong seed, double share, Func<RandomSource, double> draw, double difference)
    {
        var random = RandomSource.For(seed, "sequential");
        var test = new SequentialTest();
        for (int i = 0; i < Values && !test.IsDecided; i++)
        {
            bool second = random.NextDouble() < share;
            test.Add(second, draw(random) + (second ? difference : 0));
        }

        return test;
    }
}
