using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class ConvolutionGradientTests
{
    [Fact]
    public void Convolutions_of_series()
    {
        ShouldHold([new Shape(2, 7, 3), new Shape(4, 3, 3), new Shape(4)], x => x[0].Tape.Convolve(x[0], x[1], x[2], Sliding.Same(3)));
        ShouldHold([new Shape(2, 9, 4), new Shape(6, 3, 2)], x => x[0].Tape.Convolve(x[0], x[1], null, new Sliding(2, 2, 1, 3), groups: 2));
        ShouldHold([new Shape(1, 5, 3), new Shape(3, 2, 1), new Shape(3)], x => x[0].Tape.Convolve(x[0], x[1], x[2], Sliding.Causal(2, 2), groups: 3));
    }

    [Fact]
    public void Convolutions_of_images()
    {
        ShouldHold([new Shape(2, 4, 5, 2), new Shape(3, 3, 2, 2), new Shape(3)], x => x[0].Tape.Convolve(x[0], x[1], x[2], new Sliding(before: 1, after: 1), new Sliding(2)));
        ShouldHold([new Shape(2, 3, 3, 3), new Shape(2, 1, 1, 3), new Shape(2)], x => x[0].Tape.Convolve(x[0], x[1], x[2], default(Sliding), default(Sliding)));
    }

    [Fact]
    public void Transposed_convolutions()
    {
        ShouldHold([new Shape(2, 4, 3), new Shape(3, 3, 2), new Shape(2)], x => x[0].Tape.ConvolveTransposed(x[0], x[1], x[2], new Sliding(2, 1, 1, 1), further: 1));
        ShouldHold([new Shape(2, 3, 4, 4), new Shape(4, 2, 3, 1), new Shape(2)], x => x[0].Tape.ConvolveTransposed(x[0], x[1], x[2], new Sliding(2), new Sliding(1, 1, 1), groups: 2));
        ShouldHold([new Shape(2, 4, 3), new Shape(3, 2, 3)], x => x[0].Tape.ConvolveTransposed(x[0] * x[0], x[1]) + x[0].Tape.ConvolveTransposed(x[0], x[1]));
    }

    [Fact]
    public void A_series_that_two_kernels_see_gets_both_gradients() =>
        ShouldHold([new Shape(2, 6, 2), new Shape(3, 3, 2), new Shape(3, 1, 2)], x => x[0].Tape.Convolve(x[0], x[1], null, Sliding.Same(3)) + x[0].Tape.Convolve(x[0], x[2]));

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_named()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[24], new Shape(2, 4, 3));

        Should.Throw<ArgumentException>(() => tape.Convolve(x, tape.Constant(new double[8], new Shape(2, 2, 2)))).Message.ShouldContain("[2, 2, 2] do not take 3 of the channels");
        Should.Throw<ArgumentException>(() => tape.Convolve(x, tape.Constant(new double[30], new Shape(2, 5, 3)))).Message.ShouldContain("fits into [2, 4, 3]");
        Should.Throw<ArgumentException>(() => tape.Convolve(x, tape.Constant(new double[12], new Shape(2, 2, 3)), groups: 2)).Message.ShouldContain("cannot be split into 2 groups");
        Should.Throw<ArgumentException>(() => tape.Convolve(x, tape.Constant(new double[12], new Shape(2, 2, 3)), tape.Constant(new double[3], new Shape(3)))).Message.ShouldContain("does not fit 2 outputs");
        Should.Throw<ArgumentException>(() => tape.ConvolveTransposed(x, tape.Constant(new double[8], new Shape(2, 2, 2)))).Message.ShouldContain("do not take [2, 4, 3]");
    }
}
