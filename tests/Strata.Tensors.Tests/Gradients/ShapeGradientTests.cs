using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

/// <summary>Operations that move numbers without changing them.</summary>
public sealed class ShapeGradientTests
{
    [Fact]
    public void Another_shape_or_order_of_dimensions_and_parts()
    {
        ShouldHold([new Shape(2, 3, 4)], x => x[0].Tape.Reshape(x[0], new Shape(6, 4)) * x[0].Tape.Reshape(x[0], new Shape(6, 4)));
        ShouldHold([new Shape(2, 3, 4)], x => x[0].Tape.Permute(x[0], 2, 0, 1));
        ShouldHold([new Shape(2, 3, 2, 2)], x => x[0].Tape.Permute(x[0], 0, 2, 1, 3));
        ShouldHold([new Shape(2, 5, 3)], x => x[0].Tape.Slice(x[0], 1, 1, 3));
        ShouldHold([new Shape(2, 5, 3)], x => x[0].Tape.Slice(x[0], ^1, 2, 1) + x[0].Tape.Slice(x[0], ^1, 0, 1));
        ShouldHold([new Shape(2, 3, 4), new Shape(2, 1, 4)], x => x[0].Tape.JoinSteps(x[0], x[1], x[0]));
    }

    [Fact]
    public void Products_of_batches_of_matrices()
    {
        ShouldHold([new Shape(2, 3, 4), new Shape(2, 4, 5)], x => x[0].Tape.BatchProduct(x[0], x[1]));
        ShouldHold([new Shape(2, 3, 4), new Shape(2, 5, 4)], x => x[0].Tape.BatchProduct(x[0], x[1], transposesB: true));
        ShouldHold([new Shape(2, 3, 3)], x => x[0].Tape.BatchProduct(x[0], x[0], transposesB: true));
    }

    [Fact]
    public void A_sum_hands_its_gradient_on_without_mixing_the_two_sides() =>
        ShouldHold([new Shape(3, 2), new Shape(3, 2)], x =>
        {
            Variable<double> sum = x[0] + x[1];
            return (sum + x[1]) * (sum + x[0]) + (x[0] + x[0]);
        });

    [Fact]
    public void Numbers_come_in_the_asked_order()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant([0, 1, 2, 3, 4, 5], new Shape(1, 2, 3));

        tape.Permute(x, 0, 2, 1).Values.ToArray().ShouldBe([0, 3, 1, 4, 2, 5]);
        tape.Slice(x, 2, 1, 2).Values.ToArray().ShouldBe([1, 2, 4, 5]);
        tape.JoinSteps(x, x).Shape.ShouldBe(new Shape(1, 4, 3));
        tape.Flatten(x).Shape.ShouldBe(new Shape(1, 6));
        Should.Throw<ArgumentException>(() => tape.Permute(x, 0, 1, 1)).Message.ShouldContain("asked for twice");
        Should.Throw<ArgumentException>(() => tape.Slice(x, 1, 1, 2)).Message.ShouldContain("Places 1 to 3");
        Should.Throw<ArgumentException>(() => tape.Reshape(x, new Shape(5))).Message.ShouldContain("[1, 2, 3] has 6 numbers");
    }
}
