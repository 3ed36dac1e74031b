using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Tensors.Tests.Gradients;

/// <summary>Segments that are computed again on the way back, beside the same computation kept whole.</summary>
public sealed class SegmentTests
{
    private const int Depth = 8, Rows = 512, Width = 64;

    [Fact]
    public void Gradients_have_the_same_bits_as_without_dropout_included()
    {
        using var chain = new Chain();

        (float[] ofRows, float[][] ofWeights, float next) kept = chain.Gradients(isCheckpointed: false), again = chain.Gradients(isCheckpointed: true);

        again.ofRows.ShouldBe(kept.ofRows);
        for (int i = 0; i < Depth; i++)
        {
            again.ofWeights[i].ShouldBe(kept.ofWeights[i], $"weight {i}");
            again.ofWeights[i].ShouldContain(value => value != 0);
        }

        // What is drawn after the way back goes on from what the way there drew.
        again.next.ShouldBe(kept.next);
    }

    [Fact]
    public void A_step_holds_the_memory_of_one_segment_at_a_time()
    {
        using Chain whole = new(), parts = new();

        whole.Gradients(isCheckpointed: false);
        parts.Gradients(isCheckpointed: true);

        // A block keeps six results and their gradients; segments keep one of each.
        ((double)parts.Bytes / whole.Bytes).ShouldBeLessThan(0.5);
        parts.UsedBytes.ShouldBeLessThan(whole.UsedBytes / 2);
    }

    [Fact]
    public void A_segment_can_have_segments_inside_and_the_gradient_of_what_comes_in_is_added_up()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        double[] Gradient(bool isCheckpointed)
        {
            tape.Reset();
            Variable<double> x = tape.Constant([0.5, -2, 3], new Shape(3), needsGradient: true);
            Variable<double> y = isCheckpointed ? tape.Checkpointed(new Outer(), x) : new Outer().Compute(x, [], null, false);
            tape.Backward(tape.Sum(y * x));
            return x.Gradient.ToArray();
        }

        Gradient(true).ShouldBe(Gradient(false));
    }

    [Fact]
    public void Without_anything_to_learn_nothing_is_computed_again()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend) { IsRecording = false };
        var counted = new Counted();
        Variable<double> x = tape.Constant([1, 2], new Shape(2));

        Variable<double> y = tape.Checkpointed(counted, x);
        tape.Backward(y);

        y.Values.ToArray().ShouldBe([2, 4]);
        counted.Count.ShouldBe(1);
    }

    [Fact]
    public void A_step_takes_no_managed_memory()
    {
        using var chain = new Chain();
        void Run() => chain.Step(isCheckpointed: true);

        Run();
        Run();
        Allocations.Of(Run).ShouldBeLessThan(200);
    }

    [Fact]
    public void Lengths_reach_the_segment_both_times()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        int[] lengths = [2, 1];
        Variable<double> x = tape.Constant([1, 2, 3, 4], new Shape(2, 2, 1), needsGradient: true), y = tape.Checkpointed(new Masked(), x, lengths);
        lengths.AsSpan().Clear();

        tape.Backward(tape.Sum(y));

        x.Gradient.ToArray().ShouldBe([1, 1, 1, 0]);
    }

    /// <summary>Dense layers with dropout, each adding to what comes in.</summary>
    private sealed class Chain : IDisposable
    {
        private readonly ThreadTeam team = new(2);
        private readonly CpuBackend backend;
        private readonly Tape<float> tape;
        private readonly Block[] blocks;
        private readonly float[] rows;
        private RandomSource random = new(4);

        public Chain()
        {
            backend = new CpuBackend(team);
            tape = new Tape<float>(backend);
            var start = new RandomSource(1);
            blocks = [.. Enumerable.Range(0, Depth).Select(i => new Block(i, start))];
            rows = [.. Enumerable.Range(0, Rows * Width).Select(_ => (float)start.NextGaussian())];
        }

        public long Bytes => tape.Bytes;

        public long UsedBytes => tape.UsedBytes;

        public Variable<float> Step(bool isCheckpointed)
        {
            tape.Reset();
            Variable<float> input = tape.Constant(rows, new Shape(Rows, Width), needsGradient: true), x = input;
            foreach (Block block in blocks)
            {
                x = isCheckpointed ? tape.Checkpointed(block, x, [], random) : block.Compute(x, [], random, false);
            }

            tape.Backward(tape.Mean(x * x + input));
            return input;
        }

        public (float[] OfRows, float[][] OfWeights, float Next) Gradients(bool isCheckpointed)
        {
            foreach (Block block in blocks)
            {
                block.Weight.Gradient.Clear();
            }

            random = new RandomSource(4);
            Variable<float> input = Step(isCheckpointed);
            return (input.Gradient.ToArray(), [.. blocks.Select(block => block.Weight.Gradient.ToArray())], (float)random.NextDouble());
        }

        public void Dispose()
        {
            foreach (Block block in blocks)
            {
                block.Weight.Dispose();
            }

            tape.Dispose();
            backend.Dispose();
            team.Dispose();
        }
    }

    private sealed class Block : ISegment<float>
    {
        public Block(int number, RandomSource start)
        {
            Weight = new Parameter<float>($"weight.{number}", new Shape(Width, Width));
            foreach (ref float value in Weight.Values)
            {
                value = (float)(0.2 * start.NextGaussian());
            }
        }

        public Parameter<float> Weight { get; }

        public Variable<float> Compute(Variable<float> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain)
        {
            Variable<float> hidden = x.Tape.Dropout(x.Tape.Activate(x.Tape.Linear(x, x.Tape.Use(Weight)), Activation.Gelu), 0.2, random!);
            return x + x.Tape.Activate(hidden, Activation.Tanh);
        }
    }

    private sealed class Inner : ISegment<double>
    {
        public Variable<double> Compute(Variable<double> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain) => x * x + x;
    }

    private sealed class Outer : ISegment<double>
    {
        public Variable<double> Compute(Variable<double> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain) =>
            x.Tape.Checkpointed(new Inner(), x.Tape.Checkpointed(new Inner(), x)) * x;
    }

    private sealed class Masked : ISegment<double>
    {
        public Variable<double> Compute(Variable<double> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain) => x.Tape.MaskSteps(x, lengths);
    }

    private sealed class Counted : ISegment<double>
    {
        public int Count { get; private set; }

        public Variable<double> Compute(Variable<double> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain)
        {
            Count++;
            return x + x;
        }
    }
}
