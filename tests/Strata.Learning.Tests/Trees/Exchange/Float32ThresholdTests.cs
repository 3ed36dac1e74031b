using Shouldly;
using Strata.Learning.Trees.Exchange;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

public sealed class Float32ThresholdTests
{
    [Fact]
    public void Every_double_goes_where_its_float_goes()
    {
        var chance = new RandomSource(5);
        float[] thresholds = [0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1e-40f, float.MaxValue, float.MinValue, float.PositiveInfinity, .. Enumerable.Range(0, 2000).Select(_ => Float(chance))];
        foreach (float threshold in thresholds)
        {
            double inclusive = Float32Threshold.Inclusive(threshold);
            foreach (double value in Around(threshold).Append(inclusive).Append(Math.BitIncrement(inclusive)))
            {
                (value <= inclusive).ShouldBe((float)value < threshold, $"{value:R} at {threshold:R}");
            }
        }
    }

    [Fact]
    public void Every_float_goes_where_it_went_before()
    {
        var chance = new RandomSource(6);
        for (int i = 0; i < 2000; i++)
        {
            double threshold = Float(chance) * (1 + 1e-8 * chance.NextDouble());
            float exclusive = Float32Threshold.Exclusive(threshold, valuesAreFloats: true);
            foreach (float value in (float[])[(float)threshold, MathF.BitIncrement((float)threshold), MathF.BitDecrement((float)threshold)])
            {
                (value < exclusive).ShouldBe(value <= threshold, $"{value:R} at {threshold:R}");
            }
        }
    }

    [Fact]
    public void A_decimal_that_meets_the_threshold_goes_left()
    {
        for (int i = 1; i < 2000; i++)
        {
            double decimalNumber = i / 1000.0;
            ((float)decimalNumber < Float32Threshold.Exclusive(decimalNumber, valuesAreFloats: false)).ShouldBeTrue($"{decimalNumber}");
        }
    }

    [Fact]
    public void There_and_back_is_the_same_threshold()
    {
        var chance = new RandomSource(7);
        for (int i = 0; i < 2000; i++)
        {
            float threshold = Float(chance);
            Float32Threshold.Exclusive(Float32Threshold.Inclusive(threshold), valuesAreFloats: false).ShouldBe(threshold);
            Float32Threshold.Exclusive(Float32Threshold.Inclusive(threshold), valuesAreFloats: true).ShouldBe(threshold);
        }
    }

    private static float Float(RandomSource chance) => (float)(chance.NextGaussian() * Math.Pow(10, chance.NextInt(40) - 20));

    private static IEnumerable<double> Around(float threshold)
    {
        foreach (float near in (float[])[MathF.BitDecrement(MathF.BitDecrement(threshold)), MathF.BitDecrement(threshold), threshold, MathF.BitIncrement(threshold)])
        {
            double half = ((double)near + threshold) / 2;
            foreach (double value in (double[])[near, half, Math.BitDecrement(half), Math.BitIncrement(half), Math.BitDecrement(near), Math.BitIncrement(near)])
            {
                if (double.IsFinite(value))
                {
                    yield return value;
                }
            }
        }
    }
}
