using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class PoolingGradientTests
{
    private static readonly Sliding Padded = new(2, before: 1, after: 1);

    [Fact]
    public void Windows_of_series_and_images()
    {
        ShouldHold([new Shape(2, 7, 3)], x => x[0].Tape.MaxPool(x[0], 3, Padded));
        ShouldHold([new Shape(2, 4, 5, 3)], x => x[0].Tape.MaxPool(x[0], 2, 3, default, Padded) + x[0].Tape.MaxPool(x[0], 2, 3, default, Padded));
        ShouldHold([new Shape(2, 7, 3)], x => x[0].Tape.MeanPool(x[0], 3, Padded) + x[0].Tape.MeanPool(x[0], 3, Padded, countsPadding: true));
        ShouldHold([new Shape(2, 4, 5, 3)], x => x[0].Tape.MeanPool(x[0], 2, 2, new Sliding(2), default));
    }

    [Fact]
    public void All_steps_and_those_that_count()
    {
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.MaxOverSteps(x[0]) + x[0].Tape.MaxOverSteps(x[0], [1, 4, 3]));
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.MeanOverSteps(x[0]) + x[0].Tape.MeanOverSteps(x[0], [1, 4, 3]));
        ShouldHold([new Shape(2, 3, 2, 2)], x => x[0].Tape.MeanOverSteps(x[0]));
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.MaskSteps(x[0], [1, 4, 3]));
    }

    [Fact]
    public void Repeated_places()
    {
        ShouldHold([new Shape(2, 3, 2)], x => x[0].Tape.Upsample(x[0], 2));
        ShouldHold([new Shape(2, 2, 3, 2)], x => x[0].Tape.Upsample(x[0], 3));
    }

    [Fact]
    public void What_lies_past_a_length_changes_nothing()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant([1, 2, 9, 3, 4, 5], new Shape(2, 3, 1));

        tape.MaxOverSteps(x, [2, 3]).Values.ToArray().ShouldBe([2, 5]);
        tape.MeanOverSteps(x, [2, 3]).Values.ToArray().ShouldBe([1.5, 4]);
        tape.MaskSteps(x, [2, 3]).Values.ToArray().ShouldBe([1, 2, 0, 3, 4, 5]);
        Should.Throw<ArgumentException>(() => tape.MeanOverSteps(x, [0, 3])).Message.ShouldContain("Series 0 has length 0");
        Should.Throw<ArgumentException>(() => tape.MaxPool(x, 2, new Sliding(before: 2))).Message.ShouldContain("shorter than a window");
    }
}
