using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.ModelFiles;

namespace Strata.Bench;

/// <summary>Times any algorithm of the catalog on a table that <c>peers/tables.py</c> wrote, and writes its predictions of the test rows for the comparison.</summary>
internal static class FitBench
{
    /// <param name="args"><c>--data DIR --algorithm NAME [--set NAME=VALUE]... [--out FILE]</c>; FILE gets doubles: [rows], or [rows, classes].</param>
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string directory = options.Text("data") ?? throw new ArgumentException("Give --data DIR, a directory that peers/tables.py wrote.");
        int threads = options.Number("threads", Environment.ProcessorCount), repeats = options.Number("repeats", 5);
        BenchTable data = BenchTable.Open(directory);
        TrainingTable train = data.Train(), test = data.Test();
        Dictionary<string, JsonNode?> values = options.All("set").Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (JsonNode?)JsonValue.Create(pair[1]));
        IRecipe recipe = Algorithms.Named(options.Text("algorithm") ?? "gradient_boosting").Recipe(values);
        var context = new FitContext { Threads = threads, Seed = (ulong)options.Number("seed", 0) };
        double held = PeakMemory.Reset();
        IModel model = recipe.Fit(train, context);
        double peak = PeakMemory.Mebibytes();
        Timing fit = Timing.Of(repeats, () => model = recipe.Fit(train, context), isWarm: true);
        Timing? predict = repeats == 0 ? null : Timing.Of(Math.Min(repeats, 3), () => model.Predict(train.Features, threads));
        if (options.Text("out") is string file)
        {
            File.WriteAllBytes(file, MemoryMarshal.AsBytes<double>(model.Predict(test.Features, threads).Values).ToArray());
        }

        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                name = "Strata",
                fit_seconds = fit.MedianWall,
                fit_processor_seconds = fit.MedianProcessor,
                predict_seconds = predict?.MedianWall,
                predict_processor_seconds = predict?.MedianProcessor,
                peak_mib = peak,
                fit_mib = peak - held,
            },
            ModelFileJson.Options));
        return 0;
    }
}
