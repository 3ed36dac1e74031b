using System.Diagnostics;
using System.Text.Json;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Bench;

/// <summary>Milliseconds of one step of each optimizer, and how many bytes a second that moves beside adding up arrays of the same size.</summary>
internal static class OptimizerBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int count = options.Number("numbers", 1_000_000), threads = options.Number("threads", Environment.ProcessorCount), steps = options.Number("steps", 100);
        using var team = new ThreadTeam(threads);
        foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
        {
            using var parameter = new Parameter<float>("w", new Shape(count / 1000, 1000));
            Optimizer optimizer = kind.Of([new ParameterGroup([parameter], 0.01)], team);
            var random = new RandomSource(1);
            foreach (ref float value in parameter.Values)
            {
                value = (float)random.NextGaussian();
            }

            float[] gradient = parameter.Values.ToArray();
            void Prepare() => gradient.CopyTo(parameter.Gradient);
            double[] times = Times(steps, Prepare, () => optimizer.Step(1e-3)), clipped = Times(steps, Prepare, () => optimizer.Step(1e-3, new GradientLimits(1, 0)));
            int memories = optimizer.Memory.Count();

            // Values and memories are read and written, gradients read and set to zero.
            double bytes = sizeof(float) * (double)parameter.Shape.Count * 2 * (2 + memories);
            Console.WriteLine(JsonSerializer.Serialize(new { optimizer = kind.ToString(), threads, numbers = parameter.Shape.Count, milliseconds = times[steps / 2], with_norm = clipped[steps / 2], gigabytes_a_second = bytes / times[steps / 2] / 1e6 }));
        }

        float[] a = new float[4 * count], b = new float[4 * count];
        double[] copies = Times(steps, () => { }, () => a.CopyTo(b, 0));
        Console.WriteLine(JsonSerializer.Serialize(new { optimizer = "copy of as many bytes by one thread", milliseconds = copies[steps / 2], gigabytes_a_second = 8.0 * a.Length / copies[steps / 2] / 1e6 }));
        return 0;
    }

    /// <summary>Milliseconds of each run, the shortest first.</summary>
    private static double[] Times(int steps, Action prepare, Action work)
    {
        var times = new double[steps];
        for (int step = -20; step < steps; step++)
        {
            prepare();
            long start = Stopwatch.GetTimestamp();
            work();
            if (step >= 0)
            {
                times[step] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times;
    }
}
