using System.Diagnostics;
using System.Text.Json;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Bench;

/// <summary>Milliseconds of one training step (forward, backward, Adam) of networks of known shape, and what a step allocates.</summary>
internal static class StepBench
{
    private static readonly Dictionary<string, (int[] Input, Func<RandomSource, Layer> Make, int Classes)> Networks = new()
    {
        ["mlp"] = ([256, 784], random => new Sequential(
            new Dense("0", 784, 512, random), new Activated(Activation.Relu), new Dense("1", 512, 256, random), new Activated(Activation.Relu), new Dense("2", 256, 10, random)), 10),
    };

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int threads = options.Number("threads", Environment.ProcessorCount), steps = options.Number("steps", 200);
        foreach ((string name, (int[] input, Func<RandomSource, Layer> make, int classes)) in Networks)
        {
            using var team = new ThreadTeam(threads);
            using var backend = new CpuBackend(team);
            using var tape = new Tape<float>(backend);
            var random = new RandomSource(1);
            using Layer network = make(random);
            var optimizer = new Adam([new ParameterGroup([.. network.Parameters])]);
            var shape = new Shape(input);
            float[] rows = [.. Enumerable.Range(0, shape.Count).Select(_ => (float)random.NextGaussian())];
            int[] codes = [.. Enumerable.Range(0, input[0]).Select(_ => random.NextInt(classes))];
            var pass = new Pass(tape, random);
            var times = new double[steps];
            long bytes = 0;
            for (int step = -20; step < steps; step++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
                tape.Reset();
                tape.Backward(tape.CrossEntropy(network.Apply(tape.Constant(rows, shape), pass), codes));
                optimizer.Step(1e-3);
                if (step >= 0)
                {
                    times[step] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            Array.Sort(times);
            Console.WriteLine(JsonSerializer.Serialize(new { network = name, threads, milliseconds = times[steps / 2], best = times[0], bytes_a_step = bytes, memory_mib = tape.Bytes / 1048576.0 }));
        }

        return 0;
    }
}
