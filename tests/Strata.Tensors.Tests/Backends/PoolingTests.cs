using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>Poolings on the vector units beside their definition in double precision.</summary>
public sealed unsafe class PoolingTests
{
    public static TheoryData<string, ConvolutionGeometry> Geometries => new()
    {
        { "halves", new(3, 8, 10, 16, 16, 2, 2, 16, new(2), new(2)) },
        { "overlapping, padded", new(2, 7, 9, 21, 21, 3, 3, 21, new(2, before: 1, after: 1), new(1, before: 1, after: 1)) },
        { "a series", new(5, 1, 30, 3, 3, 1, 3, 3, default, Sliding.Same(3)) },
        { "gaps", new(2, 9, 9, 33, 33, 2, 2, 33, new(1, 2), new(3)) },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Windows_are_pooled_as_defined(string name, ConvolutionGeometry g)
    {
        double[][] expected = Pooled<double>(new ReferenceBackend<double>(), g);
        foreach (int threads in new[] { 1, 3 })
        {
            using var team = new ThreadTeam(threads);
            ShouldBeNear(Pooled<float>(new CpuBackend(team), g), expected, name);
        }
    }

    [Theory]
    [InlineData(4, 9, 150, true)]
    [InlineData(4, 9, 150, false)]
    [InlineData(1, 1, 3, false)]
    [InlineData(3, 6, 16, true)]
    public void Steps_are_pooled_as_defined(int batch, int steps, int width, bool haveLengths)
    {
        double[][] expected = PooledSteps<double>(new ReferenceBackend<double>(), batch, steps, width, haveLengths);
        using var team = new ThreadTeam(2);
        ShouldBeNear(PooledSteps<float>(new CpuBackend(team), batch, steps, width, haveLengths), expected, "steps");
    }

    [Fact]
    public void NaN_is_the_largest_number_of_its_window()
    {
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        float[] x = new float[4 * 17], y = new float[2 * 17];
        int[] chosen = new int[2 * 17];
        (x[17 + 3], x[2 * 17 + 16]) = (float.NaN, float.NegativeInfinity);
        fixed (float* px = x, py = y)
        {
            fixed (int* pc = chosen)
            {
                backend.MaxPool(new ConvolutionGeometry(1, 1, 4, 17, 17, 1, 2, 17, default, new Sliding(2)), px, py, pc);
            }
        }

        y.Select(float.IsNaN).ShouldBe(Enumerable.Range(0, 34).Select(i => i == 3));
        chosen[3].ShouldBe(1);
        chosen[17 + 16].ShouldBe(1);
        chosen[0].ShouldBe(0);
    }

    private static void ShouldBeNear(float[][] actual, double[][] expected, string what)
    {
        for (int part = 0; part < expected.Length; part++)
        {
            for (int i = 0; i < expected[part].Length; i++)
            {
                ((double)actual[part][i]).ShouldBe(expected[part][i], 3e-6 * Math.Max(1, Math.Abs(expected[part][i])), $"{what}, part {part}, element {i}");
            }
        }
    }

    private static T[][] Pooled<T>(Backend<T> backend, ConvolutionGeometry g)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>((int)g.Input(g.Batch, 0, 0), 1), dy = Numbers<T>((int)g.Output(g.Batch, 0, 0), 2);
        T[] max = new T[dy.Length], mean = new T[dy.Length], meanOfAll = new T[dy.Length], maxBack = Numbers<T>(x.Length, 3), maxSet = Numbers<T>(x.Length, 4), meanBack = Numbers<T>(x.Length, 5), meanSet = Numbers<T>(x.Length, 6);
        int[] chosen = new int[dy.Length];
        using (backend)
        {
            fixed (T* px = x, pdy = dy, p0 = max, p1 = mean, p2 = meanOfAll, p3 = maxBack, p4 = maxSet, p5 = meanBack, p6 = meanSet)
            {
                fixed (int* pc = chosen)
                {
                    backend.MaxPool(g, px, p0, pc);
                    backend.MeanPool(g, px, p1, countsPadding: false);
                    backend.MeanPool(g, px, p2, countsPadding: true);
                    backend.MaxPoolBack(g, pdy, pc, p3, adds: true);
                    backend.MaxPoolBack(g, pdy, pc, p4, adds: false);
                    backend.MeanPoolBack(g, pdy, p5, countsPadding: true, adds: true);
                    backend.MeanPoolBack(g, pdy, p6, countsPadding: false, adds: false);
                }
            }
        }

        return [max, mean, meanOfAll, maxBack, maxSet, meanBack, meanSet, [.. chosen.Select(tap => T.CreateTruncating(tap))]];
    }

    private static T[][] PooledSteps<T>(Backend<T> backend, int batch, int steps, int width, bool haveLengths)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>(batch * steps * width, 1), dy = Numbers<T>(batch * width, 2);
        T[] max = new T[dy.Length], mean = new T[dy.Length], maxBack = Numbers<T>(x.Length, 3), maxSet = Numbers<T>(x.Length, 4), meanBack = Numbers<T>(x.Length, 5), meanSet = Numbers<T>(x.Length, 6);
        int[] chosen = new int[dy.Length], lengths = [.. Enumerable.Range(0, batch).Select(i => 1 + i * 5 % steps)];
        using (backend)
        {
            fixed (T* px = x, pdy = dy, p0 = max, p1 = mean, p3 = maxBack, p4 = maxSet, p5 = meanBack, p6 = meanSet)
            {
                fixed (int* pc = chosen, pl = lengths)
                {
                    var span = new StepSpan(batch, steps, width, haveLengths ? (nint)pl : 0);
                    backend.MaxSteps(span, px, p0, pc);
                    backend.MeanSteps(span, px, p1);
                    backend.MaxStepsBack(span, pdy, pc, p3, adds: true);
                    backend.MaxStepsBack(span, pdy, pc, p4, adds: false);
                    backend.MeanStepsBack(span, pdy, p5, adds: true);
                    backend.MeanStepsBack(span, pdy, p6, adds: false);
                }
            }
        }

        return [max, mean, maxBack, maxSet, meanBack, meanSet];
    }

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new RandomSource((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((float)random.NextGaussian()))];
    }
}
