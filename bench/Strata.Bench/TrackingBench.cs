using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Platform;
using Strata.Server;

namespace Strata.Bench;

/// <summary>
/// MLflow's API over HTTP on the loopback: a batch of 1,000 metrics, and searches among many runs. With the address of another server that speaks it, such as
/// MLflow's own, the same requests are timed there.
/// </summary>
internal static class TrackingBench
{
    private const int MetricsPerBatch = 1000;
    private const int Writers = 32;

    public static int Run(string[] args)
    {
        var options = new Options(args);
        Measure(options).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task Measure(Options options)
    {
        int runs = options.Number("runs", 100_000), repeats = options.Number("repeats", 15), peerRuns = options.Number("peer-runs", 0);
        string folder = Directory.CreateTempSubdirectory("strata-tracking-").FullName;
        try
        {
            await using StrataPlatform platform = StrataPlatform.Open(new PlatformOptions { DataFolder = folder }, stream => ModelFile.Load(stream).Model, TimeProvider.System);
            await using Microsoft.AspNetCore.Builder.WebApplication app = StrataServer.Build(new ServerOptions { Port = 0 }, platform);
            await app.StartAsync().ConfigureAwait(false);
            using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) })
            {
                await Measure("strata", http, runs, repeats).ConfigureAwait(false);
            }

            if (options.Text("peer") is string peer)
            {
                using var http = new HttpClient { BaseAddress = new Uri(peer), Timeout = TimeSpan.FromMinutes(10) };
                await Measure("peer", http, peerRuns, repeats).ConfigureAwait(false);
            }

            await app.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(string name, HttpClient http, int runs, int repeats)
    {
        string experiment = (await Ask(http, "experiments/create", new JsonObject { ["name"] = $"bench-{Stopwatch.GetTimestamp()}" }).ConfigureAwait(false))["experiment_id"]!.GetValue<string>();
        string run = await Begin(http, experiment, 0).ConfigureAwait(false);
        var batches = new List<double>();
        for (int repeat = 0; repeat <= repeats; repeat++)
        {
            var metrics = new JsonArray([.. Enumerable.Range(0, MetricsPerBatch).Select(i => (JsonNode)Metric($"m{i % 10}", i * 0.5, (repeat * MetricsPerBatch) + i))]);
            batches.Add(await Time(http, "runs/log-batch", new JsonObject { ["run_id"] = run, ["metrics"] = metrics }).ConfigureAwait(false));
        }

        Print($"{name}: log_batch of {MetricsPerBatch} metrics", batches);
        if (runs == 0)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, _) =>
        {
            string id = await Begin(http, experiment, i).ConfigureAwait(false);
            await Ask(http, "runs/log-batch", new JsonObject
            {
                ["run_id"] = id,
                ["metrics"] = new JsonArray(Metric("acc", i % 1000 / 1000.0, 0), Metric("loss", i % 777, 0)),
                ["params"] = new JsonArray(Pair("depth", i % 10), Pair("rate", i % 7)),
            }).ConfigureAwait(false);
        }).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {runs} runs begun and logged by {Writers} writers in {watch.Elapsed.TotalSeconds:0.0} s"));
        foreach ((string filter, string order) in Searches)
        {
            var asked = new JsonObject { ["experiment_ids"] = new JsonArray(experiment), ["filter"] = filter, ["max_results"] = 100 };
            if (order.Length > 0)
            {
                asked["order_by"] = new JsonArray(order);
            }

            var times = new List<double>();
            for (int repeat = 0; repeat <= repeats; repeat++)
            {
                times.Add(await Time(http, "runs/search", (JsonObject)asked.DeepClone()).ConfigureAwait(false));
            }

            Print($"{name}: search of {runs} runs, '{filter}' by '{order}'", times);
        }
    }

    private static readonly (string Filter, string Order)[] Searches =
    [
        (string.Empty, string.Empty),
        ("metrics.acc > 0.5 and params.depth = '3'", string.Empty),
        ("metrics.acc > 0.998", string.Empty),
        ("tags.mlflow.runName = 'run 77'", string.Empty),
        ("metrics.acc > 0.9", "metrics.acc DESC"),
        (string.Empty, "metrics.loss ASC"),
        ("params.depth = 'none'", string.Empty),
    ];

    private static async Task<string> Begin(HttpClient http, string experiment, int number) =>
        (await Ask(http, "runs/create", new JsonObject { ["experiment_id"] = experiment, ["start_time"] = 1_000_000 + number, ["run_name"] = $"run {number}" }).ConfigureAwait(false))["run"]!["info"]!["run_id"]!.GetValue<string>();

    private static JsonObject Metric(string key, double value, long step) => new() { ["key"] = key, ["value"] = value, ["timestamp"] = step, ["step"] = step };

    private static JsonObject Pair(string key, int value) => new() { ["key"] = key, ["value"] = value.ToString(CultureInfo.InvariantCulture) };

    private static async Task<JsonNode> Ask(HttpClient http, string path, JsonObject body)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri($"/api/2.0/mlflow/{path}", UriKind.Relative), body).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>().ConfigureAwait(false))!;
    }

    private static async Task<double> Time(HttpClient http, string path, JsonObject body)
    {
        long begun = Stopwatch.GetTimestamp();
        await Ask(http, path, body).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>The first is left out: it warms up.</summary>
    private static void Print(string what, List<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Skip(1).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {sorted[sorted.Length / 2]:0.0} ms, worst {sorted[^1]:0.0} ms"));
    }
}
