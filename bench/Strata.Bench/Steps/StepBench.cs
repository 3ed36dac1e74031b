using System.Diagnostics;
using System.Text.Json;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Bench.Steps;

/// <summary>Milliseconds of one training step (forward, backward, Adam) of networks of known shape, and what a step allocates.</summary>
internal static class StepBench
{
    private static IEnumerable<StepNetwork> Networks => [.. TableNetworks.All, .. SequenceNetworks.All, .. ConvolutionNetworks.All];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int threads = options.Number("threads", Environment.ProcessorCount), steps = options.Number("steps", 200);
        string[] only = options.Text("networks")?.Split(',') ?? [];
        foreach ((string name, int[] input, int classes, Func<RandomSource, Layer> make) in Networks.Where(network => only.Length == 0 || only.Contains(network.Name)))
        {
            using var team = new ThreadTeam(threads);
            using var backend = new CpuBackend(team);
            using var tape = new Tape<float>(backend);
            var random = new RandomSource(1);
            using Layer network = make(random);
            var optimizer = new Adam([new ParameterGroup([.. network.Parameters])]) { Team = team };
            var shape = new Shape(input);
            float[] rows = [.. Enumerable.Range(0, shape.Count).Select(_ => (float)random.NextGaussian())];
            int[] codes = [.. Enumerable.Range(0, input[0]).Select(_ => random.NextInt(classes))];
            var penalties = new Penalties();
            var pass = new Pass(tape, random) { Penalties = penalties };
            var times = new double[steps];
            long bytes = 0;
            TimeSpan processor = default;
            for (int step = -Math.Min(20, steps); step < steps; step++)
            {
                if (step == 0)
                {
                    processor = Process.GetCurrentProcess().TotalProcessorTime;
                }

                long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
                tape.Reset();
                tape.Backward(penalties.AddTo(tape.CrossEntropy(network.Apply(tape.Constant(rows, shape), pass), codes)));
                optimizer.Step(1e-3);
                if (step >= 0)
                {
                    times[step] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            double processorMilliseconds = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds / steps;
            Array.Sort(times);
            Console.WriteLine(JsonSerializer.Serialize(new { network = name, threads, milliseconds = times[steps / 2], best = times[0], processor_milliseconds = processorMilliseconds, bytes_a_step = bytes, memory_mib = tape.Bytes / 1048576.0 }));
        }

        return 0;
    }
}
