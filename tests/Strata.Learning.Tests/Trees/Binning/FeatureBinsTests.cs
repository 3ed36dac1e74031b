using Shouldly;
using Strata.Learning.Trees.Binning;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Binning;

public sealed unsafe class FeatureBinsTests
{
    private static double[] Values(string kind, int count, RandomSource random) => kind switch
    {
        "few" => [.. Draw(() => random.NextInt(7) - 3)],
        "many" => [.. Draw(random.NextGaussian)],
        "heavy" => [.. Draw(() => random.NextDouble() < 0.4 ? 5 : Math.Exp(3 * random.NextGaussian()))],
        "gaps" => [.. Draw(() => random.NextInt(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, _ => random.NextGaussian() })],
        "huge" => [.. Draw(() => random.NextInt(3) switch { 0 => double.MaxValue, 1 => double.MinValue, _ => double.Epsilon })],
        _ => [.. Draw(() => BitConverter.Int64BitsToDouble(4607182418800017408 + random.NextInt(600)))],
    };

    private static IEnumerable<double> Draw(Func<double> draw) => Enumerable.Range(0, 3000).Select(_ => draw());

    [Theory]
    [InlineData("few")]
    [InlineData("many")]
    [InlineData("heavy")]
    [InlineData("gaps")]
    [InlineData("huge")]
    [InlineData("neighbouring doubles")]
    public void A_value_is_at_most_a_threshold_exactly_when_its_bin_is(string kind)
    {
        double[] values = Values(kind, 3000, new RandomSource(1));
        FeatureBins bins = FeatureBins.OfNumbers(0, (double[])values.Clone(), default, 255);
        bins.BinCount.ShouldBeLessThanOrEqualTo(256);
        foreach (double value in values.Where(value => !double.IsNaN(value)))
        {
            int bin = bins.BinOf(value);
            bin.ShouldBeInRange(1, bins.BinCount - 1);
            for (int last = 1; last < bins.BinCount; last++)
            {
                (value <= bins.Threshold(last)).ShouldBe(bin <= last);
            }
        }
    }

    [Theory]
    [InlineData("few", 255)]
    [InlineData("many", 255)]
    [InlineData("many", 16)]
    [InlineData("many", 17)]
    [InlineData("many", 2)]
    [InlineData("heavy", 100)]
    [InlineData("gaps", 255)]
    [InlineData("huge", 255)]
    [InlineData("neighbouring doubles", 255)]
    public void The_vector_searches_agree_with_halving(string kind, int most)
    {
        double[] values = Values(kind, 3000, new RandomSource(2));
        FeatureBins bins = FeatureBins.OfNumbers(0, (double[])values.Clone(), default, most);
        double[] probes = [.. values, .. bins.Cuts, .. bins.Cuts.Select(Math.BitIncrement), double.NaN, double.NegativeInfinity, double.PositiveInfinity];
        float[] singles = [.. probes.Select(value => (float)value), .. bins.Cuts.Select(cut => MathF.BitDecrement((float)cut))];
        byte[] expected = new byte[probes.Length], found = new byte[probes.Length], foundSingles = new byte[singles.Length];
        fixed (byte* a = expected, b = found, c = foundSingles)
        {
            BinSearch.Reference(bins, probes, a);
            BinSearch.Numbers(bins, probes, b);
            BinSearch.Numbers(bins, singles, c);
        }

        found.ShouldBe(expected);
        foundSingles.ShouldBe([.. singles.Select(value => bins.BinOf(value))]);
    }

    [Fact]
    public void Few_values_have_a_bin_each_and_cuts_lie_half_way()
    {
        FeatureBins bins = FeatureBins.OfNumbers(0, [3, 1, 1, double.NaN, 2], default, 255);
        bins.Cuts.ShouldBe([1.5, 2.5]);
        bins.BinCount.ShouldBe(4);
        bins.BinOf(double.NaN).ShouldBe((byte)0);
    }

    [Fact]
    public void Many_values_fill_bins_evenly_and_a_heavy_value_stays_alone()
    {
        double[] values = Values("heavy", 3000, new RandomSource(3));
        FeatureBins bins = FeatureBins.OfNumbers(0, (double[])values.Clone(), default, 100);
        var counts = new int[256];
        foreach (double value in values)
        {
            counts[bins.BinOf(value)]++;
        }

        int heavy = bins.BinOf(5);
        counts[heavy].ShouldBe(values.Count(value => value == 5));
        counts.Where((_, bin) => bin != heavy).Max().ShouldBeLessThan(3 * 1800 / 99);
        bins.BinCount.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void Weights_count_as_copies_when_cuts_are_chosen()
    {
        double[] values = Values("many", 3000, new RandomSource(4));
        float[] weights = [.. values.Select((_, i) => 1f + i % 3)];
        double[] copies = [.. values.SelectMany((value, i) => Enumerable.Repeat(value, 1 + i % 3))];
        FeatureBins.OfNumbers(0, (double[])values.Clone(), weights, 64).Cuts.ShouldBe(FeatureBins.OfNumbers(0, copies, default, 64).Cuts);
    }

    [Fact]
    public void Levels_get_bins_by_weight_and_rare_ones_share_the_last()
    {
        FeatureBins bins = FeatureBins.OfLevels(0, [1, 0, 5, 2, 1], most: 3);
        bins.BinOfLevel.ToArray().ShouldBe([3, 0, 1, 2, 3]);
        bins.BinCount.ShouldBe(4);
        bins.BinOf(2).ShouldBe((byte)1);
        bins.BinOf(double.NaN).ShouldBe((byte)0);
        bins.BinOf(77).ShouldBe((byte)0);
    }
}
