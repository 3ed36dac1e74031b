using Shouldly;
using Strata.Learning.Trees.Binning;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Binning;

public sealed class RadixSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(5_000)]
    public void Numbers_of_every_size_and_sign_come_in_order(int count)
    {
        var random = new RandomSource(2);
        double[] doubles = [.. Enumerable.Range(0, count).Select(i => (i % 7) switch
        {
            0 => random.NextGaussian() * 1e300,
            1 => random.NextGaussian() * 1e-300,
            2 => -0.0,
            3 => double.NegativeInfinity,
            4 => double.PositiveInfinity,
            5 => double.Epsilon,
            _ => random.NextGaussian(),
        })];
        double[] singles = [.. Enumerable.Range(0, count).Select(_ => (double)(float)random.NextGaussian())], same = [.. Enumerable.Repeat(3.0, count)];

        foreach (double[] values in new[] { doubles, singles, same })
        {
            double[] expected = [.. values.Order()];

            RadixSort.Sort(values);

            values.ShouldBe(expected);
        }
    }
}
