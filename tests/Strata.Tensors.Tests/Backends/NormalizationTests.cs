using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>Batch normalisation on the vector units beside its definition in double precision.</summary>
public sealed unsafe class NormalizationTests
{
    [Theory]
    [InlineData(1, 3000, 16, false, false, false)]
    [InlineData(1, 7001, 37, false, true, true)]
    [InlineData(6, 50, 35, true, true, false)]
    [InlineData(6, 50, 48, true, false, true)]
    [InlineData(3, 1, 5, false, false, false)]
    public void Results_and_gradients_are_those_of_the_definition(int series, int steps, int width, bool haveLengths, bool rectifies, bool adds)
    {
        foreach (bool isFixed in new[] { false, true })
        {
            double[][] expected = Computed<double>(new ReferenceBackend<double>(), new(series, steps, width, 0), haveLengths, rectifies, adds, isFixed);
            float[][]? first = null;
            foreach (int threads in new[] { 1, 3 })
            {
                using var team = new ThreadTeam(threads);
                float[][] actual = Computed<float>(new CpuBackend(team), new(series, steps, width, 0), haveLengths, rectifies, adds, isFixed);
                for (int part = 0; part < expected.Length; part++)
                {
                    double largest = expected[part].Max(Math.Abs);
                    for (int i = 0; i < expected[part].Length; i++)
                    {
                        ((double)actual[part][i]).ShouldBe(expected[part][i], 2e-5 * Math.Max(1, largest), $"part {part}, element {i}");
                    }
                }

                (first ??= actual).ShouldBe(actual, "the same bits for any number of threads");
            }
        }
    }

    [Fact]
    public void A_mean_far_from_zero_does_not_spoil_the_variance()
    {
        float[] x = [.. Enumerable.Range(0, 4096).Select(i => 1000 + (i % 2 == 0 ? 1f : -1f))], y = new float[4096], moments = new float[2], ones = [1], zeros = [0];
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        fixed (float* px = x, py = y, pm = moments, gain = ones, shift = zeros)
        {
            backend.Normalize(new BatchNormalization<float> { Rows = new(1, 4096, 1, 0), X = px, Y = py, Gain = gain, Shift = shift, Means = pm, Variances = pm + 1 });
        }

        moments.ShouldBe([1000, 1], 1e-3f);
        y[0].ShouldBe(1, 1e-4f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_added_may_get_its_gradient_in_the_memory_of_the_results(bool rectifies)
    {
        const int Rows = 700, Width = 20;
        float[] x = Numbers<float>(Rows * Width, 1), added = Numbers<float>(Rows * Width, 2), gain = Numbers<float>(Width, 3), shift = Numbers<float>(Width, 4), dy = Numbers<float>(Rows * Width, 5);
        float[] y = new float[x.Length], dx = new float[x.Length], there = new float[x.Length], dadded = new float[x.Length], moments = new float[2 * Width];
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        fixed (float* px = x, pa = added, pg = gain, ps = shift, pdy = dy, py = y, pdx = dx, pt = there, pda = dadded, pm = moments)
        {
            var norm = new BatchNormalization<float> { Rows = new(1, Rows, Width, 0), X = px, Y = py, Added = pa, Gain = pg, Shift = ps, Means = pm, Variances = pm + Width, Epsilon = 1e-5f, Rectifies = rectifies };
            backend.Normalize(norm);
            backend.NormalizeBack(norm, new BatchNormalizationGradients<float> { Y = pdy, X = pdx, Added = pda });
            backend.NormalizeBack(norm, new BatchNormalizationGradients<float> { Y = pdy, X = pt, Added = pdy });
        }

        there.ShouldBe(dx);
        dy.ShouldBe(dadded);
    }

    private static T[][] Computed<T>(Backend<T> backend, StepSpan rows, bool haveLengths, bool rectifies, bool adds, bool isFixed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int width = rows.Width, count = rows.Batch * rows.Steps * width;
        T[] x = Numbers<T>(count, 1), added = Numbers<T>(count, 2), gain = Numbers<T>(width, 3), shift = Numbers<T>(width, 4), dy = Numbers<T>(count, 5), means = Numbers<T>(width, 6), y = new T[count];
        T[] variances = [.. Numbers<T>(width, 7).Select(value => T.One + T.Abs(value))], dx = Numbers<T>(count, 8), dadded = Numbers<T>(count, 9), dgain = Numbers<T>(width, 10), dshift = Numbers<T>(width, 11);
        int[] lengths = [.. Enumerable.Range(0, rows.Batch).Select(i => 1 + i * 17 % rows.Steps)];
        using (backend)
        {
            fixed (T* px = x, pa = added, pg = gain, ps = shift, pdy = dy, pm = means, pv = variances, py = y, pdx = dx, pda = dadded, pdg = dgain, pds = dshift)
            {
                fixed (int* pl = lengths)
                {
                    var norm = new BatchNormalization<T>
                    {
                        Rows = rows with { Lengths = haveLengths ? (nint)pl : 0 }, X = px, Y = py, Added = adds ? pa : null, Gain = pg, Shift = ps, Means = pm, Variances = pv,
                        Epsilon = T.CreateTruncating(1e-5), IsFixed = isFixed, Rectifies = rectifies,
                    };
                    backend.Normalize(norm);
                    backend.NormalizeBack(norm, new BatchNormalizationGradients<T> { Y = pdy, X = pdx, Added = adds ? pda : null, Gain = pdg, Shift = pds, AddsToX = adds, AddsToAdded = !rectifies });
                }
            }
        }

        return [y, means, variances, dx, dadded, dgain, dshift];
    }

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new RandomSource((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((float)random.NextGaussian()))];
    }
}
