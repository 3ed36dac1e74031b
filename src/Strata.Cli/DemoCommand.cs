using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Server;

namespace Strata.Cli;

/// <summary><c>strata demo</c>: the main job from end to end on a simulated survey, through the same server that the web page uses.</summary>
internal static class DemoCommand
{
    private const string Source = "kepler_simulated";
    private static readonly string[] ShownMetrics = ["accuracy", "f1_macro", "roc_auc", "log_loss"];

    public static Command Demo(Terminal terminal)
    {
        Option<int> port = ServerCommands.Port();
        Option<string> data = ServerCommands.Data();
        var rows = new Option<int>("--rows") { Description = "About how many simulated objects.", DefaultValueFactory = _ => 4000 };
        var seed = new Option<ulong>("--seed") { Description = "Where chance starts.", DefaultValueFactory = _ => 1 };
        var noServe = new Option<bool>("--no-serve") { Description = "Stop after the demonstration instead of serving the web page." };
        var command = new Command("demo", "Simulates a survey of stars, trains a planet finder on it, explains three of its answers, then serves the web page.") { port, data, rows, seed, noServe };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ServerOptions { Port = FreePort(parsed.GetValue(port), terminal) };
            await using LocalServer server = await LocalServer.StartAsync(parsed.GetValue(data)!, null, options, null, cancellation);
            using var http = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
            string runId = await Show(new StrataClient(http), parsed.GetValue(rows), parsed.GetValue(seed), terminal, cancellation);
            if (parsed.GetValue(noServe))
            {
                return ExitCode.Done;
            }

            string page = server.Address.GetLeftPart(UriPartial.Authority);
            terminal.Output.WriteLine();
            terminal.Output.WriteLine($"Listening on {page}");
            terminal.Output.WriteLine($"See it in the browser: {page}/runs/{runId}   (Ctrl-C ends)");
            terminal.Output.Flush();
            await LocalServer.RunUntilAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> Show(StrataClient client, int rowCount, ulong seed, Terminal terminal, CancellationToken cancellation)
    {
        TextWriter output = terminal.Output;
        output.WriteLine("1. A simulated survey: stars, their planets, and what only looks like planets. No row is an observation.");
        JobView simulated = await Wait(client, await client.FetchAsync(Source, new SourceRequest(rowCount, seed), cancellation), "simulating", terminal, cancellation);
        string datasetId = simulated.Result!.Value.GetProperty("dataset_id").GetString()!;
        await Wait(client, await client.JobAsync((await client.DatasetAsync(datasetId, cancellation)).JobId!, cancellation), "reading", terminal, cancellation);
        DatasetView dataset = await client.DatasetAsync(datasetId, cancellation);
        output.WriteLine($"   dataset '{dataset.Name}' version {dataset.Version}: {dataset.RowCount} rows, {dataset.ColumnCount} columns");
        output.WriteLine();

        output.WriteLine("2. Gradient boosting learns the verdict from the measurements. Columns that give it away are left out; a star's objects stay on one side of the split.");
        RunView started = await client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest(Seed: seed), Name: "Demo: planets or not", Preset: dataset.Preset), cancellation);
        await Wait(client, started.Job!, "training", terminal, cancellation);
        RunView run = await client.RunAsync(started.Id, cancellation);
        EvaluationView evaluation = await client.EvaluationAsync(run.Id, cancellation);
        output.WriteLine($"   on {evaluation.RowCount} rows of stars it never saw: {string.Join(", ", ShownMetrics.Where(run.Metrics.ContainsKey).Select(name => $"{name} {run.Metrics[name]:0.000}"))}");
        output.WriteLine();

        output.WriteLine("3. Why? What moved three of its answers most:");
        TestRows tested = await client.TestRowsAsync(run.Id, 0, 200, cancellation: cancellation);
        foreach (TestRow row in tested.Items.DistinctBy(row => row.Prediction.Class).Concat(tested.Items).Distinct().Take(3))
        {
            await Explain(client, run.ModelId!, tested.Columns, row, output, cancellation);
        }

        ModelView model = await client.ModelAsync(run.ModelId!, cancellation);
        output.WriteLine();
        output.WriteLine($"4. Registered: model '{model.Name}' version {model.Version} ({model.Bytes / 1000} kB), ready to predict.");
        return run.Id;
    }

    private static async Task Explain(StrataClient client, string modelId, IReadOnlyList<string> columns, TestRow row, TextWriter output, CancellationToken cancellation)
    {
        var cells = new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++)
        {
            cells[columns[i]] = System.Text.Json.JsonSerializer.SerializeToElement(row.Values[i]);
        }

        PredictionList predicted = await client.PredictAsync(modelId, new PredictionRequest([cells], Explain: true), cancellation);
        Prediction answer = predicted.Items[0];
        double probability = answer.Probabilities.GetValueOrDefault(answer.Value.Class ?? string.Empty);
        output.WriteLine($"   row {row.Row}: {answer.Value.Class} (probability {probability.ToString("0.00", CultureInfo.InvariantCulture)}; the truth is {row.Truth.Class})");
        foreach (Reason reason in (answer.Reasons ?? []).Take(4))
        {
            output.WriteLine($"      {reason.Contribution.ToString("+0.00;-0.00", CultureInfo.InvariantCulture)}  {reason.Column} = {reason.Value ?? "missing"}");
        }
    }

    private static async Task<JobView> Wait(StrataClient client, JobView job, string title, Terminal terminal, CancellationToken cancellation)
    {
        JobView ended = await terminal.WatchAsync(title, report => client.WaitAsync(job.Id, new JobProgress(report), cancellation));
        return ended.Status == JobStatus.Completed
            ? ended
            : throw new IOException($"The job '{title}' ended as {ended.Status.ToString().ToUpperInvariant()}: {ended.Error ?? "no reason was given"}");
    }

    /// <summary>The wanted port, or any free one when somebody else listens there.</summary>
    private static int FreePort(int wanted, Terminal terminal)
    {
        if (wanted == 0)
        {
            return 0;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, wanted);
            probe.Start();
            return wanted;
        }
        catch (SocketException)
        {
            terminal.Note($"note: port {wanted} is taken; another free one is used.");
            return 0;
        }
    }

    private sealed class JobProgress(Action<double, string> report) : IProgress<JobView>
    {
        public void Report(JobView value) => report(value.Progress, value.CurrentStep);
    }
}
