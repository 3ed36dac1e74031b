using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;

namespace Strata.Bench;

/// <summary>Algorithms on real images, point clouds, light curves and sensors: the test metrics of each seed, wall and processor seconds.</summary>
internal static class ArrayBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string data = options.Text("data") ?? throw new DataException("Give --data, the folder with images/, clouds/, ground/ and exoplanets/.");
        string task = options.Text("task") ?? throw new DataException($"Give --task, one of {string.Join(", ", ArrayTasks.Names)}.");
        int seeds = options.Number("seeds", 1), threads = options.Number("threads", Environment.ProcessorCount);
        var settings = options.All("set").Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => (JsonNode?)JsonValue.Create(pair[1]));
        ArrayTask chosen = ArrayTasks.Open(task, data);
        foreach (string algorithm in (options.Text("algorithms") ?? "minirocket").Split(','))
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                Measure(chosen, algorithm, settings, (ulong)seed, threads, options.Number("report", 0));
            }
        }

        return 0;
    }

    private static void Measure(ArrayTask task, string algorithm, Dictionary<string, JsonNode?> settings, ulong seed, int threads, int report)
    {
        Algorithm row = Algorithms.Named(algorithm);
        Pipeline recipe = row.Prepared(row.Recipe(settings.Where(pair => row.Hyperparameters.Any(known => known.IsCalled(pair.Key))).ToDictionary()));
        TimeSpan before = ProcessorTime();
        long began = Stopwatch.GetTimestamp();
        var scores = new List<IReadOnlyDictionary<string, double>>();
        foreach ((TrainingTable train, TrainingTable test, TrainingTable? validation) in task.Parts(algorithm, seed))
        {
            var context = new FitContext { Seed = seed, Threads = threads, Validation = validation, Progress = report > 0 ? new Reporter(report) : null };
            Predictions predictions = recipe.Fit(train, context).Predict(test.Features, threads);
            scores.Add(Evaluation.Of(predictions, test.Target).Metrics);
        }

        double wall = Stopwatch.GetElapsedTime(began).TotalSeconds, processor = (ProcessorTime() - before).TotalSeconds;
        Console.WriteLine($"{task.Name} {algorithm} seed {seed}: {string.Join(", ", task.Metrics.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {scores.Average(one => one[name]):0.0000}")))}; "
            + string.Create(CultureInfo.InvariantCulture, $"{wall:0.0} s, processor {processor:0.0} s"));
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private sealed class Reporter(int every) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Step % every == 0)
            {
                Console.Error.WriteLine($"  {value.Step}: {string.Join(", ", value.Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:0.0000}")))}");
            }
        }
    }
}
