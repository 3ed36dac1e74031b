using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>The processor's recurrent layers beside the plain form in double precision.</summary>
public sealed class RecurrenceTests
{
    public static TheoryData<RecurrentCell, int, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<RecurrentCell, int, int, int, int>();
            foreach (RecurrentCell cell in Enum.GetValues<RecurrentCell>())
            {
                // batch, steps, width, hidden
                cases.Add(cell, 1, 1, 1, 1);
                cases.Add(cell, 3, 5, 2, 3);
                cases.Add(cell, 17, 4, 5, 7);
                cases.Add(cell, 37, 6, 9, 18);
                cases.Add(cell, 70, 3, 33, 16);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_and_gradients_are_those_of_the_plain_form(RecurrentCell cell, int batch, int steps, int width, int hidden)
    {
        foreach (bool isReversed in new[] { false, true })
        {
            foreach (bool endEarly in new[] { false, true })
            {
                foreach (bool starts in new[] { false, true })
                {
                    int rows = hidden * (cell == RecurrentCell.Lstm ? 4 : cell == RecurrentCell.Gru ? 3 : 1);
                    Shape[] shapes = [new Shape(batch, steps, width), new Shape(rows, width), new Shape(rows, hidden), new Shape(rows), new Shape(rows), new Shape(batch, hidden), new Shape(batch, hidden)];
                    int[] lengths = endEarly ? [.. Enumerable.Range(0, batch).Select(row => (row * 7 + 1) % (steps + 1))] : [];
                    double[][] values = [.. shapes.Select((shape, i) => Numbers(shape.Count, i == 0 ? 1.5 : 0.4, (ulong)i))];

                    float[][] actual = OnProcessor(2, values, shapes, cell, lengths, isReversed, starts);
                    float[][] alone = OnProcessor(1, values, shapes, cell, lengths, isReversed, starts);
                    using var backend = new ReferenceBackend<double>();
                    double[][] expected = Results(backend, values, shapes, cell, lengths, isReversed, starts);

                    for (int part = 0; part < expected.Length; part++)
                    {
                        alone[part].ShouldBe(actual[part], $"part {part} on one thread");
                        actual[part].Length.ShouldBe(expected[part].Length);
                        double scale = Math.Max(1, expected[part].Select(Math.Abs).DefaultIfEmpty().Max());
                        for (int i = 0; i < expected[part].Length; i++)
                        {
                            ((double)actual[part][i]).ShouldBe(expected[part][i], 2e-6 * scale, $"part {part}, element {i}, reversed {isReversed}, early ends {endEarly}, first states {starts}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Predicting_keeps_nothing_and_gives_the_same()
    {
        Shape[] shapes = [new Shape(20, 30, 8), new Shape(64, 8), new Shape(64, 16), new Shape(64), new Shape(64)];
        float[][] values = [.. shapes.Select((shape, i) => Numbers(shape.Count, 1, (ulong)i).Select(value => (float)value).ToArray())];
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        var memory = new long[2];
        var results = new float[2][];
        foreach (bool records in new[] { false, true })
        {
            using var tape = new Tape<float>(backend) { IsRecording = records };
            Variable<float>[] x = [.. shapes.Select((shape, i) => tape.Constant(values[i], shape, needsGradient: true))];
            results[records ? 1 : 0] = tape.Recur(RecurrentCell.Lstm, x[0], x[1], x[2], x[3], x[4]).Values.ToArray();
            memory[records ? 1 : 0] = backend.RecurMemory(new Recurrence<float> { Cell = RecurrentCell.Lstm, Batch = 20, Steps = 30, Width = 8, Hidden = 16, Keeps = records });
        }

        results[0].ShouldBe(results[1]);
        memory[0].ShouldBeLessThan(memory[1] / 4);
    }

    [Fact]
    public void A_step_takes_no_managed_memory()
    {
        Shape[] shapes = [new Shape(20, 10, 8), new Shape(64, 8), new Shape(64, 16), new Shape(64), new Shape(64)];
        float[][] values = [.. shapes.Select((shape, i) => Numbers(shape.Count, 1, (ulong)i).Select(value => (float)value).ToArray())];
        int[] lengths = [.. Enumerable.Range(0, 20).Select(row => row % 11)];
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        void Run()
        {
            tape.Reset();
            Variable<float> x = tape.Constant(values[0], shapes[0]), input = tape.Constant(values[1], shapes[1], true), hidden = tape.Constant(values[2], shapes[2], true);
            Variable<float> y = tape.Recur(RecurrentCell.Lstm, x, input, hidden, tape.Constant(values[3], shapes[3], true), tape.Constant(values[4], shapes[4], true), lengths);
            tape.Backward(tape.Sum(tape.LastSteps(y, lengths)));
        }

        Run();
        Run();
        Allocations.Of(Run).ShouldBeLessThan(200);
    }

    private static float[][] OnProcessor(int threads, double[][] values, Shape[] shapes, RecurrentCell cell, int[] lengths, bool isReversed, bool starts)
    {
        using var team = new ThreadTeam(threads);
        using var backend = new CpuBackend(team);
        return Results(backend, [.. values.Select(part => part.Select(value => (float)value).ToArray())], shapes, cell, lengths, isReversed, starts);
    }

    /// <summary>The result, then the gradients of all inputs.</summary>
    private static T[][] Results<T>(Backend<T> backend, T[][] values, Shape[] shapes, RecurrentCell cell, int[] lengths, bool isReversed, bool starts)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(backend);
        int count = !starts ? 5 : cell == RecurrentCell.Lstm ? 7 : 6;
        Variable<T>[] x = [.. shapes.Take(count).Select((shape, i) => tape.Constant(values[i], shape, needsGradient: true))];
        Variable<T> y = tape.Recur(cell, x[0], x[1], x[2], x[3], x[4], lengths, isReversed, starts ? x[5] : null, count == 7 ? x[6] : null);
        T[] weights = [.. Numbers(y.Shape.Count, 1, 99).Select(T.CreateTruncating)];
        tape.Backward(tape.Sum(y * tape.Constant(weights, y.Shape)));
        return [y.Values.ToArray(), .. x.Select(input => input.Gradient.ToArray())];
    }

    /// <summary>Numbers that float32 has exactly.</summary>
    private static double[] Numbers(int count, double scale, ulong seed)
    {
        var random = new RandomSource(seed + 3);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(scale * random.NextGaussian()))];
    }
}
