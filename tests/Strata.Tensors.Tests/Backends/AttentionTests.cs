using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>The processor's attention beside the plain form in double precision.</summary>
public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(2, 3, 5, 2, 3)]
    [InlineData(3, 33, 17, 3, 5)]
    [InlineData(2, 40, 70, 1, 40)]
    [InlineData(1, 65, 33, 2, 16)]
    public void Results_and_gradients_are_those_of_the_plain_form(int batch, int queries, int keys, int heads, int width)
    {
        Shape[] shapes = [new Shape(batch, queries, heads * width), new Shape(batch, keys, 2 * heads * width)];
        double[][] values = [.. shapes.Select((shape, i) => Numbers(shape.Count, (ulong)i))];
        foreach (bool endEarly in new[] { false, true })
        {
            foreach (bool isCausal in new[] { false, true })
            {
                foreach (double dropout in new[] { 0, 0.3 })
                {
                    int[] lengths = endEarly ? [.. Enumerable.Range(0, batch).Select(row => (row * 11 + 5) % (keys + 1))] : [];
                    float[][] actual = OnProcessor(2, values, shapes, heads, lengths, isCausal, dropout), alone = OnProcessor(1, values, shapes, heads, lengths, isCausal, dropout);
                    using var backend = new ReferenceBackend<double>();
                    double[][] expected = Results(backend, values, shapes, heads, lengths, isCausal, dropout);

                    for (int part = 0; part < expected.Length; part++)
                    {
                        alone[part].ShouldBe(actual[part], $"part {part} on one thread");
                        double scale = Math.Max(1, expected[part].Select(Math.Abs).Max());
                        for (int i = 0; i < expected[part].Length; i++)
                        {
                            ((double)actual[part][i]).ShouldBe(expected[part][i], 3e-6 * scale, $"part {part}, element {i}, early ends {endEarly}, causal {isCausal}, dropout {dropout}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Dropout_leaves_out_the_share_that_was_asked_for_and_others_each_time()
    {
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        var random = new RandomSource(3);

        // One key: the result is its value, times what dropout left of the weight 1.
        Variable<float> queries = tape.Constant(new float[4000], new Shape(1, 4000, 1)), memory = tape.Constant([0, 1], new Shape(1, 1, 2));
        float[] once = tape.Attention(queries, memory, 1, dropout: 0.25, random: random).Values.ToArray(), again = tape.Attention(queries, memory, 1, dropout: 0.25, random: random).Values.ToArray();

        once.Count(value => value == 0).ShouldBeInRange(900, 1100);
        once.Where(value => value != 0).Distinct().Single().ShouldBe(4f / 3, 1e-6f);
        once.Zip(again).Count(pair => pair.First == 0 && pair.Second == 0).ShouldBeInRange(180, 320);
    }

    [Fact]
    public void Shared_chance_leaves_out_the_same_weights_in_every_row_however_long_others_are()
    {
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        using var plain = new ReferenceBackend<float>();
        using var plainTape = new Tape<float>(plain);
        const int width = 6;
        float[] own = [.. Numbers(20 * 3 * width, 1).Select(value => (float)value)], padded = new float[2 * 40 * 3 * width];
        own.CopyTo(padded, 0);
        own.CopyTo(padded, 40 * 3 * width);

        float[] Told(Tape<float> on, float[] values, int batch, int steps, int[] lengths) =>
            on.SelfAttention(on.Constant(values, new Shape(batch, steps, 3 * width)), 2, lengths, dropout: 0.4, random: new RandomSource(3), sharesChance: true).Values.ToArray();
        float[] alone = Told(tape, own, 1, 20, []), beside = Told(tape, padded, 2, 40, [20, 20]), expected = Told(plainTape, own, 1, 20, []);

        beside[..(20 * width)].ShouldBe(alone);
        beside[(40 * width)..(60 * width)].ShouldBe(alone);
        alone.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
        alone.ShouldNotBe(tape.SelfAttention(tape.Constant(own, new Shape(1, 20, 3 * width)), 2).Values.ToArray());
    }

    [Fact]
    public void Scores_of_any_size_do_not_overflow()
    {
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        Variable<float> all = tape.Constant([300, 1000, 1, 200, -1000, 2], new Shape(1, 2, 3));

        tape.SelfAttention(all, 1).Values.ToArray().ShouldBe([1, 1]);
    }

    [Fact]
    public void A_step_takes_no_managed_memory()
    {
        float[] values = [.. Numbers(2 * 9 * 24, 1).Select(value => (float)value)];
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        var random = new RandomSource(2);
        void Run()
        {
            tape.Reset();
            tape.Backward(tape.Sum(tape.SelfAttention(tape.Constant(values, new Shape(2, 9, 24), true), 2, [9, 4], dropout: 0.1, random: random)));
        }

        Run();
        Run();
        Allocations.Of(Run).ShouldBeLessThan(200);
    }

    private static float[][] OnProcessor(int threads, double[][] values, Shape[] shapes, int heads, int[] lengths, bool isCausal, double dropout)
    {
        using var team = new ThreadTeam(threads);
        using var backend = new CpuBackend(team);
        return Results(backend, [.. values.Select(part => part.Select(value => (float)value).ToArray())], shapes, heads, lengths, isCausal, dropout);
    }

    /// <summary>The result, then the gradients of both inputs, once set and once added.</summary>
    private static T[][] Results<T>(Backend<T> backend, T[][] values, Shape[] shapes, int heads, int[] lengths, bool isCausal, double dropout)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(backend);
        Variable<T>[] x = [.. shapes.Select((shape, i) => tape.Constant(values[i], shape, needsGradient: true))];
        Variable<T> y = tape.Attention(x[0], x[1], heads, lengths, isCausal, dropout, new RandomSource(5)), twice = tape.Attention(x[0], x[1], heads);
        T[] weights = [.. Numbers(y.Shape.Count, 99).Select(T.CreateTruncating)];
        tape.Backward(tape.Sum((y + twice) * tape.Constant(weights, y.Shape)));
        return [y.Values.ToArray(), .. x.Select(input => input.Gradient.ToArray())];
    }

    private static double[] Numbers(int count, ulong seed)
    {
        var random = new RandomSource(seed + 3);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)random.NextGaussian())];
    }
}
