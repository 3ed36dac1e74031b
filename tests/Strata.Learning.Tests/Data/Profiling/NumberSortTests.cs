using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Profiling;

public sealed class NumberSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(2048)]
    [InlineData(10_000)]
    public void Numbers_of_all_sizes_and_signs_are_sorted(int count)
    {
        var random = new RandomSource(1);
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => i % 5 == 0 ? random.NextInt(10) - 5 : random.NextGaussian() * Math.Pow(10, random.NextInt(600) - 300))];
        double[] expected = [.. numbers.Order()];
        NumberSort.Sort(numbers);
        numbers.ShouldBe(expected);
    }

    [Fact]
    public void Infinities_and_equal_numbers_are_sorted()
    {
        double[] numbers = [.. Enumerable.Repeat(3.0, 3000), double.PositiveInfinity, double.NegativeInfinity, -3, 0, double.MinValue, double.MaxValue];
        NumberSort.Sort(numbers);
        numbers[..4].ShouldBe([double.NegativeInfinity, double.MinValue, -3, 0]);
        numbers[^3..].ShouldBe([3, double.MaxValue, double.PositiveInfinity]);
    }

    [Fact]
    public void Missing_values_are_left_out() => NumberSort.Sorted(new Float64Column("a", [2, double.NaN, 1])).ShouldBe([1, 2]);
}
