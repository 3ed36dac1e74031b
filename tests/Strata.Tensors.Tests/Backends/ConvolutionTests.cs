using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>Convolutions on the vector units beside their definition in double precision.</summary>
public sealed unsafe class ConvolutionTests
{
    public static TheoryData<string, ConvolutionGeometry> Geometries => new()
    {
        { "3 x 3 in the middle", new(3, 9, 11, 5, 7, 3, 3, 1, new(before: 1, after: 1), new(before: 1, after: 1)) },
        { "whole vectors", new(2, 16, 16, 16, 32, 3, 3, 1, new(before: 1, after: 1), new(before: 1, after: 1)) },
        { "many channels", new(2, 8, 8, 96, 80, 3, 3, 1, new(before: 1, after: 1), new(before: 1, after: 1)) },
        { "strides", new(2, 11, 14, 6, 20, 3, 3, 1, new(2, before: 1, after: 1), new(3, before: 1, after: 0)) },
        { "strides longer than the kernel", new(2, 9, 9, 4, 16, 1, 1, 1, new(2), new(3)) },
        { "dilation", new(2, 13, 12, 3, 17, 3, 2, 1, new(1, 2, 2, 1), new(1, 3, 3, 0)) },
        { "stride and dilation", new(1, 17, 19, 3, 5, 3, 4, 1, new(2, 3, 4, 2), new(4, 6, 1, 5)) },
        { "groups", new(2, 7, 8, 6, 40, 3, 3, 2, new(before: 1, after: 1), new(2, before: 1, after: 1)) },
        { "a kernel for each channel", new(3, 10, 9, 19, 19, 3, 3, 19, new(2, before: 1, after: 1), new(before: 1, after: 1)) },
        { "a point", new(3, 5, 7, 20, 33, 1, 1, 1, default, default) },
        { "a long series of one channel", new(3, 1, 1000, 1, 32, 1, 40, 1, default, Sliding.Same(40)) },
        { "a long kernel", new(2, 1, 130, 32, 32, 1, 39, 1, default, Sliding.Same(39)) },
        { "a causal series", new(9, 1, 33, 8, 48, 1, 3, 1, default, Sliding.Causal(3, 4)) },
        { "one place", new(2, 1, 1, 3, 4, 1, 5, 1, default, Sliding.Same(5)) },
        { "a large image", new(1, 70, 60, 4, 16, 5, 5, 1, new(before: 2, after: 2), new(before: 2, after: 2)) },
        { "many small images", new(37, 4, 5, 6, 20, 3, 3, 1, new(2, before: 1, after: 1), new(before: 1, after: 1)) },
        { "small images without padding", new(150, 5, 6, 8, 16, 2, 3, 1, default, default) },
        { "more weights than a cache keeps", new(3, 6, 4, 150, 100, 3, 3, 1, new(before: 1, after: 1), new(before: 1, after: 1)) },
        { "padding at the end only, and rows left out", new(2, 8, 8, 5, 6, 3, 2, 1, new(3), new(3, after: 1)) },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Results_and_gradients_are_those_of_the_definition(string name, ConvolutionGeometry g)
    {
        var (results, data, weights) = Computed<double>(new ReferenceBackend<double>(), g);
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var team = new ThreadTeam(threads);
            var (actual, actualData, actualWeights) = Computed<float>(new CpuBackend(team), g);
            ShouldBeNear(actual, results, $"{name}: results");
            ShouldBeNear(actualData, data, $"{name}: gradient of the data");
            ShouldBeNear(actualWeights, weights, $"{name}: gradient of the weights");
        }
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Any_number_of_threads_gives_the_same_bits(string name, ConvolutionGeometry g)
    {
        using var one = new ThreadTeam(1);
        using var three = new ThreadTeam(3);
        var (results, data, weights) = Computed<float>(new CpuBackend(one), g);
        var (others, otherData, otherWeights) = Computed<float>(new CpuBackend(three), g);

        others.ShouldBe(results, name);
        otherData.ShouldBe(data, name);
        otherWeights.ShouldBe(weights, name);
    }

    [Fact]
    public void Rows_are_summed_on_top_of_what_is_there()
    {
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        foreach ((int rows, int width) in new[] { (1, 1), (3, 17), (5001, 35), (20_000, 16) })
        {
            float[] values = [.. Enumerable.Range(0, rows * width).Select(i => (float)Math.Sin(i))], sums = [.. Enumerable.Repeat(1f, width)];
            fixed (float* p = values, s = sums)
            {
                backend.SumRows(p, rows, width, s);
            }

            for (int j = 0; j < width; j++)
            {
                sums[j].ShouldBe((float)(1 + Enumerable.Range(0, rows).Sum(row => (double)values[row * width + j])), 1e-3f);
            }
        }
    }

    private static void ShouldBeNear(float[] actual, double[] expected, string what)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            ((double)actual[i]).ShouldBe(expected[i], 3e-6 * Math.Max(1, largest), $"{what}, element {i}");
        }
    }

    /// <summary>Results with a bias, the data's gradient on top of something, and the weights' on top of something.</summary>
    private static (T[] Results, T[] Data, T[] Weights) Computed<T>(Backend<T> backend, ConvolutionGeometry g)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>((int)g.Input(g.Batch, 0, 0), 1), w = Numbers<T>(g.Outputs * g.KernelLength, 2), bias = Numbers<T>(g.Outputs, 3), dy = Numbers<T>((int)g.Output(g.Batch, 0, 0), 4);
        T[] y = new T[dy.Length], dx = Numbers<T>(x.Length, 5), set = Numbers<T>(x.Length, 6), dw = Numbers<T>(w.Length, 7), biasOfX = Numbers<T>(g.Channels, 8);
        using (backend)
        {
            fixed (T* px = x, pw = w, pb = bias, pdy = dy, py = y, pdx = dx, pset = set, pdw = dw, pbx = biasOfX)
            {
                backend.Convolve(g, px, pw, pb, py);
                backend.ConvolveBackToData(g, pdy, pw, null, pdx, adds: true);
                backend.ConvolveBackToData(g, pdy, pw, pbx, pset, adds: false);
                backend.ConvolveBackToWeights(g, px, pdy, pdw);
            }
        }

        return (y, [.. dx, .. set], dw);
    }

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new RandomSource((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((float)random.NextGaussian()))];
    }
}
