using Shouldly;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

public unsafe class DilatedSumsTests
{
    private const int Margin = 40;

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach (int count in new[] { 1, 2, 15, 16, 17, 63, 64, 65, 130, 257 })
            {
                shapes.Add(count, 7 + count % 3 * 2, 1 + count % 4);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pooling_finds_the_largest_sum_and_how_many_are_above_zero(int count, int length, int dilation)
    {
        using AlignedBuffer<float> series = Series(count);
        var random = new RandomSource((ulong)count);
        float[] weights = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextGaussian())];
        nint[] offsets = [.. Enumerable.Range(0, length).Select(tap => (nint)((tap - length / 2) * dilation))];
        float[] sums = [.. Enumerable.Range(0, count).Select(at => offsets.Zip(weights).Aggregate(0.3f, (sum, tap) => MathF.FusedMultiplyAdd(tap.Second, series.Pointer[Margin + at + tap.First], sum)))];

        fixed (nint* from = offsets)
        fixed (float* by = weights)
        {
            (float largest, int above) = DilatedSums.Pool(series.Pointer + Margin, from, by, length, 0.3f, count);

            largest.ShouldBe(sums.Max());
            above.ShouldBe(sums.Count(sum => sum > 0));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_sums_of_a_small_kernel_are_those_of_its_nine_weights(int count, int length, int dilation)
    {
        using AlignedBuffer<float> series = Series(count), shared = new(count + DilatedSums.Slack), sums = new(count + DilatedSums.Slack);
        int[] twos = [0, length - 6, 8];

        DilatedSums.SharedPart(series.Pointer + Margin, dilation, shared.Pointer, count);
        DilatedSums.AddThree(series.Pointer + Margin, shared.Pointer, -4 * dilation, (twos[1] - 4) * dilation, 4 * dilation, sums.Pointer, count);

        for (int at = 0; at < count; at++)
        {
            double expected = Enumerable.Range(0, 9).Sum(tap => (twos.Contains(tap) ? 2 : -1) * (double)series.Pointer[Margin + at + (tap - 4) * dilation]);
            ((double)sums.Pointer[at]).ShouldBe(expected, 1e-5);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 3)]
    [InlineData(33, 4)]
    [InlineData(100, 9)]
    public void Counts_are_of_values_strictly_above_each_threshold(int count, int thresholds)
    {
        using AlignedBuffer<float> values = Series(count);
        float[] limits = [.. Enumerable.Range(0, thresholds).Select(k => values.Pointer[Margin + k * 7 % count])];
        var counts = new int[thresholds];

        DilatedSums.CountAbove(values.Pointer + Margin, count, limits, counts);

        counts.ShouldBe(limits.Select(limit => Enumerable.Range(0, count).Count(at => values.Pointer[Margin + at] > limit)));
    }

    /// <summary>Numbers with others around them that must not count.</summary>
    private static AlignedBuffer<float> Series(int count)
    {
        var random = new RandomSource(5);
        var series = new AlignedBuffer<float>(2 * Margin + count + DilatedSums.Slack);
        foreach (ref float value in series.Span)
        {
            value = (float)random.NextGaussian();
        }

        series.Span[(Margin + count)..].Fill(9);
        return series;
    }
}
