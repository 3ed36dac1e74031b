using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Server;
using Strata.Tensors;

namespace Strata.Bench.Serving;

/// <summary>
/// Single rows through a deployment of 100 boosted trees, log on, beside a bare endpoint that reads the same body into a record and answers one of the same shape. Each serves in this process; the load comes
/// from another one.
/// </summary>
internal static class ServeBench
{
    private const int Columns = 20;
    private const int Rows = 10_000;

    public static int Run(string[] args)
    {
        var options = new Options(args);
        string folder = Directory.CreateTempSubdirectory("strata-serve-").FullName;
        try
        {
            string body = Path.Join(folder, "row.json");
            File.WriteAllText(body, Body());
            foreach (string kind in (options.Text("kinds") ?? "bare,strata").Split(','))
            {
                JsonObject figures = kind switch
                {
                    "bare" => Bare(options, body).GetAwaiter().GetResult(),
                    "strata" => Deployed(options, body, Path.Join(folder, "data")).GetAwaiter().GetResult(),
                    _ => throw new ArgumentException($"There is no kind '{kind}'."),
                };
                figures["what"] = kind;
                Console.WriteLine(figures.ToJsonString());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<JsonObject> Bare(Options options, string body)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.MapPost("/predict", (BareRequest request) => new BareAnswer(
            "bench", 1, "model", ["id"], [new BareItem(0, "c1", new Dictionary<string, double> { ["c0"] = 0.25, ["c1"] = 0.75 }, [request.Rows[0].X0])], []));
        await app.StartAsync();
        return await Load(options, new Uri(new Uri(app.Urls.Single()), "predict"), body);
    }

    private static async Task<JsonObject> Deployed(Options options, string body, string folder)
    {
        await using StrataPlatform platform = StrataPlatform.Open(new PlatformOptions { DataFolder = folder }, stream => ModelFile.Load(stream).Model, TimeProvider.System);
        await using WebApplication app = StrataServer.Build(new ServerOptions { Port = 0 }, platform);
        await platform.StartAsync();
        using var file = new MemoryStream();
        new ModelFile(Model(), new ModelCard()).Save(file);
        file.Position = 0;
        StoredModel model = await platform.Models.ImportAsync(file, new ModelEntry("bench"));
        await platform.Deployments.CreateAsync("bench", DeploymentPlan.Of(model.Id));
        await app.StartAsync();
        JsonObject figures = await Load(options, new Uri(new Uri(app.Urls.Single()), "api/deployments/bench/predictions"), body);
        ServingDeployment serving = platform.Deployments.Serving("bench");
        await serving.Log.FlushAsync();
        figures["logged"] = serving.Log.Logged;
        figures["dropped"] = serving.Log.Dropped;
        figures["answered"] = serving.Models[0].Traffic.Unstored.Sum(cell => cell.Answered);
        return figures;
    }

    private static async Task<JsonObject> Load(Options options, Uri url, string body)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            "load", "--url", url.ToString(), "--body", body, "--connections", options.Number("connections", 16).ToString(CultureInfo.InvariantCulture),
            "--seconds", options.Number("seconds", 8).ToString(CultureInfo.InvariantCulture),
        })
        {
            start.ArgumentList.Add(argument);
        }

        TimeSpan before = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        using Process load = Process.Start(start)!;
        string answer = await load.StandardOutput.ReadToEndAsync();
        await load.WaitForExitAsync();
        JsonObject figures = JsonNode.Parse(answer)!.AsObject();
        // What a request costs the server in processor time: unlike the pace it is much the same when the machine is busy with other work.
        figures["processor_us"] = Math.Round((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / figures["requests"]!.GetValue<int>(), 2);
        figures["allocated_bytes"] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / figures["requests"]!.GetValue<int>();
        return figures;
    }

    private static GradientBoostingModel Model()
    {
        var random = new RandomSource(1);
        double[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextGaussian()).ToArray())];
        int[] codes = [.. Enumerable.Range(0, Rows).Select(row => columns[0][row] + columns[1][row] * columns[2][row] + 0.5 * random.NextGaussian() > 0 ? 1 : 0)];
        var table = new TrainingTable(new Frame(columns.Select((values, i) => new Float64Column($"x{i}", values))), new ClassTarget("y", codes, ["c0", "c1"]));
        return new GradientBoosting { Trees = 100 }.Fit(table, new FitContext { Threads = Environment.ProcessorCount });
    }

    private static string Body()
    {
        var random = new RandomSource(2);
        return new JsonObject { ["rows"] = new JsonArray(new JsonObject(Enumerable.Range(0, Columns).Select(i => KeyValuePair.Create($"x{i}", (JsonNode?)Math.Round(random.NextGaussian(), 6))))) }.ToJsonString();
    }

    private sealed record BareRequest(IReadOnlyList<BareRow> Rows);

    private sealed record BareRow(
        double X0, double X1, double X2, double X3, double X4, double X5, double X6, double X7, double X8, double X9,
        double X10, double X11, double X12, double X13, double X14, double X15, double X16, double X17, double X18, double X19);

    private sealed record BareAnswer(string Deployment, int Revision, string ModelId, IReadOnlyList<string> PredictionIds, IReadOnlyList<BareItem> Items, IReadOnlyList<string> Notes);

    private sealed record BareItem(int Row, string Prediction, IReadOnlyDictionary<string, double> Probabilities, IReadOnlyList<double> RawScores);
}
