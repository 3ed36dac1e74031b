using Shouldly;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

public sealed unsafe class PositivePartsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(1000)]
    public void All_four_are_those_of_a_plain_count(int count)
    {
        var random = new RandomSource((ulong)count);
        using var values = new AlignedBuffer<float>(count + 16);
        values.Span.Fill(1e9f);
        foreach (double share in new[] { -3, -1, 0, 0.7, 3 })
        {
            for (int i = 0; i < count; i++)
            {
                values.Span[i] = (float)(Math.Sin(i * 0.3) + 0.3 * random.NextGaussian());
            }

            float bound = (float)share, excess = 0;
            int above = 0, run = 0, longest = 0;
            long places = 0;
            for (int i = 0; i < count; i++)
            {
                bool isAbove = values.Span[i] > bound;
                (above, places, excess, run) = isAbove ? (above + 1, places + i, excess + values.Span[i] - bound, run + 1) : (above, places, excess, 0);
                longest = Math.Max(longest, run);
            }

            PositiveParts parts = PositiveParts.Above(values.Pointer, count, bound);

            (parts.Count, parts.Places, parts.Longest).ShouldBe((above, places, longest));
            parts.Excess.ShouldBe(excess, 1e-3f * Math.Max(1, excess));
        }
    }
}
