using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Backends;

/// <summary>The processor's vector units beside the plain form in double precision.</summary>
public sealed unsafe class CpuBackendTests
{
    private static readonly double[] Hard = [0, -0.0, 1e-8, -1e-8, 1e-4, -1e-4, 0.29, 0.31, -0.3, 3, -3, 9, -9, 20, -20, 80, -80, 100, -100];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Activations_and_slopes_are_those_of_the_plain_form(Activation kind)
    {
        foreach (int count in new[] { 1, 15, 16, 17, 40_000 })
        {
            double[] x = [.. Enumerable.Range(0, count).Select(i => i < Hard.Length ? (float)Hard[i] : (float)Math.Sin(i) * 8)];
            double[] dy = [.. x.Select((_, i) => (double)(float)Math.Cos(3 * i))], start = [.. x.Select((_, i) => (double)(float)Math.Sin(7 * i))];
            var (value, slope) = Plain(kind, x, dy, start);
            var (actual, actualSlope) = OnCpu(kind, x, dy, start);
            for (int i = 0; i < count; i++)
            {
                // The normal curve's far tail has the errors of two exponentials.
                float relative = kind == Activation.Gelu ? 8e-7f : 4e-7f;
                actual[i].ShouldBe((float)value[i], relative * Math.Max(1e-6f, Math.Abs((float)value[i])) + (kind == Activation.Softplus ? 1e-7f : 0), $"{kind}({x[i]})");
                actualSlope[i].ShouldBe((float)slope[i], 4e-6f, $"slope of {kind} at {x[i]}");
            }
        }
    }

    public static TheoryData<Activation> Kinds => [.. Enum.GetValues<Activation>()];

    private static (double[] Value, double[] Slope) Plain(Activation kind, double[] x, double[] dy, double[] start)
    {
        var (y, dx) = (new double[x.Length], (double[])start.Clone());
        using var backend = new ReferenceBackend<double>();
        fixed (double* px = x, py = y, pdy = dy, pdx = dx)
        {
            backend.Activate(kind, px, py, x.Length);
            backend.ActivateBack(kind, px, py, pdy, pdx, x.Length);
        }

        return (y, dx);
    }

    private static (float[] Value, float[] Slope) OnCpu(Activation kind, double[] x, double[] dy, double[] start)
    {
        float[] fx = [.. x.Select(value => (float)value)], fdy = [.. dy.Select(value => (float)value)], dx = [.. start.Select(value => (float)value)], y = new float[x.Length];
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        fixed (float* px = fx, py = y, pdy = fdy, pdx = dx)
        {
            backend.Activate(kind, px, py, x.Length);
            backend.ActivateBack(kind, px, py, pdy, pdx, x.Length);
        }

        return (y, dx);
    }
}
