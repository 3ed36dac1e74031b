using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;

namespace Strata.Bench;

/// <summary>Test accuracy on the series of the UCR and UEA archives, their own split, beside the published figures: the mean over seeds, and the processor seconds of a fit.</summary>
internal static class SeriesBench
{
    private static readonly string[] Published = ["fcn", "resnet", "inceptiontime", "rocket", "minirocket_resampled"];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        string data = options.Text("data") ?? throw new DataException("Give --data, the folder with series/ and published/.");
        string[] algorithms = (options.Text("algorithms") ?? "minirocket,rocket").Split(',');
        string[]? sets = options.Text("sets")?.Split(',');
        int seeds = options.Number("seeds", 5), threads = options.Number("threads", Environment.ProcessorCount);
        var settings = options.All("set").Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => (JsonNode?)JsonValue.Create(pair[1]));
        Dictionary<string, string[]> published = PublishedIn(Path.Combine(data, "published", "ucr_published_accuracies.csv"));
        Console.WriteLine($"| set | {string.Join(" | ", algorithms.Select(name => $"{name} | s"))} | published: {string.Join(" | ", Published)} | best of ours - best published |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", 2 + 2 * algorithms.Length + Published.Length))}");
        var shortfalls = new List<double>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(data, "series"), "*_TRAIN.ts*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file).Split("_TRAIN")[0];
            if (sets?.Contains(name) == false)
            {
                continue;
            }

            TrainingTable train = Table(file, classes: null), test = Table(file.Replace("_TRAIN", "_TEST", StringComparison.Ordinal), train.Target.Classes);
            (double Mean, string Text)[] ours = [.. algorithms.Select(algorithm => Measured(algorithm, settings, train, test, seeds, threads))];
            string[] theirs = published.GetValueOrDefault(name) ?? [.. Published.Select(_ => "")];
            double[] numbers = [.. theirs.Where(text => text.Length > 0).Select(text => double.Parse(text.Split('±')[0], CultureInfo.InvariantCulture))];
            double difference = numbers.Length == 0 ? double.NaN : ours.Max(one => one.Mean) - numbers.Max();
            shortfalls.Add(difference);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", ours.Select(one => one.Text))} | {string.Join(" | ", theirs)} | {(double.IsNaN(difference) ? "" : $"{difference:+0.0;-0.0;0.0}")} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nLargest shortfall of the best of ours: {-shortfalls.Where(double.IsFinite).DefaultIfEmpty(0).Min():0.0} points. Seeds: {seeds}, threads: {threads}."));
        return 0;
    }

    private static (double Mean, string Text) Measured(string algorithm, Dictionary<string, JsonNode?> settings, TrainingTable train, TrainingTable test, int seeds, int threads)
    {
        Algorithm row = Algorithms.Named(algorithm);
        Strata.Learning.Preparation.Pipeline recipe = row.Prepared(row.Recipe(settings.Where(pair => row.Hyperparameters.Any(known => known.IsCalled(pair.Key))).ToDictionary()));
        var accuracies = new double[seeds];
        using Process process = Process.GetCurrentProcess();
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        for (int seed = 0; seed < seeds; seed++)
        {
            Strata.Learning.Preparation.PipelineModel model = recipe.Fit(train, new FitContext { Seed = (ulong)seed, Threads = threads });
            Predictions predictions = model.Predict(test.Features, threads);
            int[] codes = ((ClassTarget)test.Target).Codes;
            accuracies[seed] = 100.0 * Enumerable.Range(0, test.RowCount).Count(i => predictions.ClassCode(i) == codes[i]) / test.RowCount;
        }

        process.Refresh();
        double mean = accuracies.Average(), deviation = Math.Sqrt(accuracies.Average(accuracy => (accuracy - mean) * (accuracy - mean))), seconds = (process.TotalProcessorTime - before).TotalSeconds / seeds;
        return (mean, string.Create(CultureInfo.InvariantCulture, $"{mean:0.0}±{deviation:0.0} | {seconds:0.0}"));
    }

    private static TrainingTable Table(string file, IReadOnlyList<string>? classes)
    {
        Frame table = TableFile.Read(file).Frame;
        var label = (CategoryColumn)table["label"];
        string[] known = [.. classes ?? label.Levels];
        return new TrainingTable(table.Drop(["label"]), new ClassTarget("label", [.. Enumerable.Range(0, label.Count).Select(row => Array.IndexOf(known, label.TextAt(row)))], known));
    }

    /// <summary>The columns of <see cref="Published"/>, by set.</summary>
    private static Dictionary<string, string[]> PublishedIn(string file)
    {
        string[][] lines = [.. File.ReadLines(file).Select(line => line.Split(','))];
        int[] places = [.. Published.Select(column => Array.IndexOf(lines[0], column))];
        return lines[1..].ToDictionary(cells => cells[0], cells => places.Select(place => place < cells.Length ? cells[place] : "").ToArray());
    }
}
