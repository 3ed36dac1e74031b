using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>The processor's layer normalisation beside the plain form in double precision.</summary>
public sealed class RowNormalizationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(5, 16)]
    [InlineData(700, 33)]
    [InlineData(300, 128)]
    public void Results_and_gradients_are_those_of_the_plain_form(int rows, int width)
    {
        Shape[] shapes = [new Shape(rows, width), new Shape(width), new Shape(width)];
        var random = new RandomSource(4);
        double[][] values = [.. shapes.Select(shape => Enumerable.Range(0, shape.Count).Select(_ => (double)(float)(3 + random.NextGaussian())).ToArray())];
        using var backend = new ReferenceBackend<double>();
        double[][] expected = Results(backend, values, shapes);
        float[][] actual = OnProcessor(2, values, shapes), alone = OnProcessor(1, values, shapes);

        for (int part = 0; part < expected.Length; part++)
        {
            alone[part].ShouldBe(actual[part], $"part {part} on one thread");
            double scale = Math.Max(1, expected[part].Select(Math.Abs).Max());
            for (int i = 0; i < expected[part].Length; i++)
            {
                ((double)actual[part][i]).ShouldBe(expected[part][i], 4e-6 * scale, $"part {part}, element {i}");
            }
        }
    }

    private static float[][] OnProcessor(int threads, double[][] values, Shape[] shapes)
    {
        using var team = new ThreadTeam(threads);
        using var backend = new CpuBackend(team);
        return Results(backend, [.. values.Select(part => part.Select(value => (float)value).ToArray())], shapes);
    }

    /// <summary>The result, then the gradients of all inputs, those of x once set and once added.</summary>
    private static T[][] Results<T>(Backend<T> backend, T[][] values, Shape[] shapes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(backend);
        Variable<T>[] x = [.. shapes.Select((shape, i) => tape.Constant(values[i], shape, needsGradient: true))];
        Variable<T> y = tape.LayerNorm(x[0], x[1], x[2]), again = tape.LayerNorm(x[0], x[2], x[1]);
        T[] weights = [.. Enumerable.Range(0, y.Shape.Count).Select(i => T.CreateTruncating((float)Math.Sin(i)))];
        tape.Backward(tape.Sum((y + again) * tape.Constant(weights, y.Shape)));
        return [y.Values.ToArray(), .. x.Select(input => input.Gradient.ToArray())];
    }
}
