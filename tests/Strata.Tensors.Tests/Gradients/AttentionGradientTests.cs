using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class AttentionGradientTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 0.4)]
    public void A_series_to_itself(bool isCausal, double dropout) =>
        ShouldHold([new Shape(3, 4, 12)], x => x[0].Tape.SelfAttention(x[0], 2, [4, 2, 0], isCausal, dropout, new RandomSource(8)));

    [Fact]
    public void A_series_to_another()
    {
        ShouldHold([new Shape(2, 3, 4), new Shape(2, 5, 8)], x => x[0].Tape.Attention(x[0], x[1], 2, [5, 3]));
        ShouldHold([new Shape(2, 3, 4), new Shape(2, 2, 8)], x => x[0] + x[0].Tape.Attention(x[0], x[1] + x[1], 1, isCausal: true));
    }

    [Fact]
    public void Numbers_times_rows_of_their_own() => ShouldHold([new Shape(2, 4, 3), new Shape(3, 5)], x => x[0].Tape.ScaleRows(x[0], x[1]));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[24], new Shape(1, 4, 6));

        Should.Throw<ArgumentException>(() => tape.SelfAttention(x, 3)).Message.ShouldContain("3 heads do not share a width of 2");
        Should.Throw<ArgumentException>(() => tape.Attention(x, x, 2)).Message.ShouldContain("do not fit keys and values");
        Should.Throw<ArgumentException>(() => tape.SelfAttention(x, 2, dropout: 1)).Message.ShouldContain("below 1");
    }
}
