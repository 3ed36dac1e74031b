using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Neighbors;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times nearest neighbours on generated rows; with <c>--data</c> they are also written for <c>peers/neighbours.py</c>.</summary>
internal static class NeighborBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 50_000), queries = options.Number("queries", 10_000), columns = options.Number("columns", 20), threads = options.Number("threads", Environment.ProcessorCount);
        var random = RandomSource.For(1, "neighbour rows");
        double[] values = [.. Enumerable.Range(0, (rows + queries) * columns).Select(_ => random.NextGaussian())];
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => values[row * columns] + 0.5 * values[row * columns + 1] + 0.5 * random.NextGaussian() > 0 ? 1 : 0)];
        if (options.Text("data") is string directory)
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(Path.Combine(directory, "neighbours.x.f64"), MemoryMarshal.AsBytes<double>(values));
            File.WriteAllBytes(Path.Combine(directory, "neighbours.y.u8"), [.. labels.Select(label => (byte)label)]);
        }

        Frame FrameOf(int first, int count) => new(Enumerable.Range(0, columns).Select(j => new Float64Column($"x{j}", [.. Enumerable.Range(first, count).Select(row => values[row * columns + j])])));
        var table = new TrainingTable(FrameOf(0, rows), new ClassTarget("y", labels, ["no", "yes"]));
        Frame asked = FrameOf(rows, queries);
        foreach (NeighborMetric metric in new[] { NeighborMetric.Euclidean, NeighborMetric.Manhattan })
        {
            double sum = 0;
            Timing timing = Timing.Of(options.Number("repeats", 5), () =>
            {
                Predictions said = new NearestNeighbors { Metric = metric }.Fit(table, new FitContext { Threads = threads }).Predict(asked, threads);
                sum = Enumerable.Range(0, queries).Sum(row => said.Probability(row, 1));
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"strata neighbours {metric} {rows} x {columns}, {queries} queries, {threads} threads: fit and predict {timing.MedianWall:F3} s wall (best {timing.Wall.Min():F3}), {timing.MedianProcessor:F3} s processor (best {timing.Processor.Min():F3}); probabilities sum to {sum:F1}"));
        }

        return 0;
    }
}
