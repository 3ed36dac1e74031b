using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class GradientTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_product(bool transposesA, bool transposesB) =>
        ShouldHold([transposesA ? new Shape(4, 3) : new Shape(3, 4), transposesB ? new Shape(5, 4) : new Shape(4, 5)], x => x[0].Tape.Product(x[0], x[1], transposesA, transposesB));

    [Fact]
    public void A_dense_layer()
    {
        ShouldHold([new Shape(3, 4), new Shape(5, 4), new Shape(5)], x => x[0].Tape.Linear(x[0], x[1], x[2]));
        ShouldHold([new Shape(2, 3, 4), new Shape(5, 4)], x => x[0].Tape.Linear(x[0], x[1]));
    }

    [Fact]
    public void Sums_and_products_of_elements_with_repetition()
    {
        ShouldHold([new Shape(3, 4), new Shape(3, 4)], x => x[0] + x[1]);
        ShouldHold([new Shape(2, 3, 4), new Shape(4)], x => x[0] + x[1]);
        ShouldHold([new Shape(3, 4), new Shape(3, 4)], x => x[0] * x[1]);
        ShouldHold([new Shape(2, 3, 4), new Shape(3, 4)], x => x[0] * x[1]);
        ShouldHold([new Shape(3, 4)], x => x[0] * x[0]);
        ShouldHold([new Shape(3, 4)], x => x[0].Tape.Scale(x[0], -1.7));
        ShouldHold([new Shape(3, 4)], x => x[0].Tape.Mean(x[0]));
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Softplus)]
    public void Activations(Activation kind) => ShouldHold([new Shape(5, 7)], x => x[0].Tape.Activate(x[0], kind), away: 0.01);

    [Fact]
    public void Normalisation_of_rows_and_of_batches()
    {
        ShouldHold([new Shape(4, 5), new Shape(5), new Shape(5)], x => x[0].Tape.LayerNorm(x[0], x[1], x[2]));
        ShouldHold([new Shape(6, 3), new Shape(3), new Shape(3)], x => x[0].Tape.BatchNorm(x[0], x[1], x[2], new double[3], new double[3]));
    }

    [Fact]
    public void Dropout_with_the_same_chance() => ShouldHold([new Shape(6, 5)], x => x[0].Tape.Dropout(x[0], 0.4, new RandomSource(3)));

    [Fact]
    public void Rows_of_a_table_and_parts_side_by_side()
    {
        ShouldHold([new Shape(4, 3)], x => x[0].Tape.Gather(x[0], [2, 0, -1, 2]));
        ShouldHold([new Shape(2, 3), new Shape(2, 1), new Shape(2, 4)], x => x[0].Tape.Join(x[0], x[1], x[2]));
    }

    [Fact]
    public void A_result_that_is_used_twice_gets_both_gradients() =>
        ShouldHold([new Shape(3, 3), new Shape(3, 3)], x =>
        {
            Variable<double> both = x[0].Tape.Product(x[0], x[1]);
            return x[0].Tape.Activate(both, Activation.Tanh) * both + x[0];
        });

    [Fact]
    public void Parameters_add_up_what_several_walks_bring_and_frozen_ones_get_nothing()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        using var learned = new Parameter<double>("w", new Shape(2, 2));
        using var frozen = new Parameter<double>("b", new Shape(2)) { IsFrozen = true };
        learned.Values.Fill(0.5);
        for (int walk = 0; walk < 2; walk++)
        {
            tape.Reset();
            tape.Backward(tape.Sum(tape.Linear(tape.Constant([1, 2], new Shape(1, 2)), tape.Use(learned), tape.Use(frozen))));
        }

        learned.Gradient.ToArray().ShouldBe([2, 4, 2, 4]);
        frozen.Gradient.ToArray().ShouldBe([0, 0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_named()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[6], new Shape(2, 3));

        Should.Throw<ArgumentException>(() => tape.Linear(x, tape.Constant(new double[8], new Shape(2, 4)))).Message.ShouldContain("[2, 4] do not take rows of 3");
        Should.Throw<ArgumentException>(() => x + tape.Constant(new double[2], new Shape(2))).Message.ShouldContain("[2] cannot be repeated to [2, 3]");
        Should.Throw<ArgumentException>(() => tape.CrossEntropy(x, [0, 3])).Message.ShouldContain("Class 3 is none of 3");
        Should.Throw<ArgumentException>(() => tape.Gather(x, [2])).Message.ShouldContain("Row 2");
        Should.Throw<ArgumentException>(() => tape.Constant(new double[5], new Shape(2, 3))).Message.ShouldContain("5 numbers do not fill shape [2, 3]");
    }

    [Fact]
    public void After_the_first_steps_no_memory_is_taken()
    {
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        using var first = new Parameter<float>("first", new Shape(32, 16));
        using var bias = new Parameter<float>("bias", new Shape(32));
        using var last = new Parameter<float>("last", new Shape(3, 32));
        var (rows, codes, random) = (new float[64 * 16], new int[64], new RandomSource(1));
        void Run()
        {
            tape.Reset();
            Variable<float> hidden = tape.Activate(tape.Linear(tape.Constant(rows, new Shape(64, 16)), tape.Use(first), tape.Use(bias)), Activation.Silu);
            tape.Backward(tape.CrossEntropy(tape.Linear(tape.Dropout(hidden, 0.1, random), tape.Use(last)), codes));
        }

        Run();
        Run();
        // Unoptimised code boxes a constant here and there; an array of the smallest layer would be a thousand bytes.
        Allocations.Of(Run).ShouldBeLessThan(100);
    }
}
