using System.CommandLine;
using System.Globalization;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary><c>strata registry benchmark</c> and <c>strata lineage</c>: models side by side on the same rows, and where things come from. Both ask a running server.</summary>
internal static class BenchmarkCommands
{
    public static Command Benchmark(Terminal terminal)
    {
        var dataset = new Argument<string>("dataset") { Description = "The id of a dataset whose target is known." };
        var models = new Argument<string[]>("models") { Description = "Ids of stored models, or NAME:VERSION of registered ones.", Arity = ArgumentArity.OneOrMore };
        var metric = new Option<string?>("--metric") { Description = "What they are ranked by; log loss or RMSE when not given." };
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("benchmark", "Measures models on the same dataset: metrics with intervals, time a row, size. The best comes first.") { dataset, models, metric, server, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            var client = new StrataClient(http);
            BenchmarkView started = await client.StartBenchmarkAsync(new BenchmarkRequest(parsed.GetValue(dataset)!, [.. parsed.GetValue(models)!.Select(Named)], parsed.GetValue(metric)), cancellation);
            JobView ended = await client.WaitAsync(started.Job.Id, cancellation: cancellation);
            if (ended.Status != JobStatus.Completed)
            {
                throw new DataException(ended.Error ?? $"The benchmark was {ended.Status.ToString().ToLowerInvariant()}.");
            }

            BenchmarkResult result = await client.BenchmarkResultAsync(started.Id, cancellation);
            terminal.Result(parsed.GetValue(json), System.Text.Json.JsonSerializer.SerializeToNode(result, WireJson.Options)!, writer => Write(writer, result));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Lineage(Terminal terminal)
    {
        var kind = new Argument<LineageKind>("kind") { Description = "dataset, run, model, loggedmodel, modelversion, deployment or predictions." };
        var id = new Argument<string>("id") { Description = "Its id; of a deployment the name." };
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("lineage", "Tells where a thing comes from and what came of it.") { kind, id, server, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            LineageView view = await new StrataClient(http).LineageAsync(parsed.GetValue(kind), parsed.GetValue(id)!, cancellation);
            var nameOf = view.Nodes.ToDictionary(node => node.Key, node => $"{node.Kind} {node.Name}", StringComparer.Ordinal);
            terminal.Result(parsed.GetValue(json), System.Text.Json.JsonSerializer.SerializeToNode(view, WireJson.Options)!, writer =>
            {
                foreach (LineageEdgeView edge in view.Edges)
                {
                    writer.WriteLine($"{nameOf[edge.From]} {edge.What} {nameOf[edge.To]}");
                }
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Ids have no colon; names of registered models have none either.</summary>
    private static BenchmarkModelRequest Named(string text) => text.Split(':') switch
    {
        [string id] => new BenchmarkModelRequest(id),
        [string name, string number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version) => new BenchmarkModelRequest(null, name, version),
        _ => throw new DataException($"'{text}' is neither the id of a model nor NAME:VERSION."),
    };

    private static void Write(TextWriter writer, BenchmarkResult result)
    {
        TextTable.Write(writer, ["MODEL", result.Metric.ToUpperInvariant(), "95%", "AGAINST BEST", "ROW (MS)", "BYTES"], result.Models.Where(model => model.Problem is null).Select(model => new[]
        {
            model.Name,
            Text(model.Metrics.GetValueOrDefault(result.Metric)),
            model.Intervals.GetValueOrDefault(result.Metric) is { } interval ? $"{Text(interval.Low)} to {Text(interval.High)}" : "-",
            model.AgainstBest is { } difference ? $"{Text(difference.Mean)} (p {Text(difference.PValue)})" : "-",
            Text(model.LatencyMedian),
            Text(model.Bytes),
        }));
        foreach (string line in result.Models.Where(model => model.Problem is not null).Select(model => $"{model.Name}: {model.Problem}").Concat(result.Notes))
        {
            writer.WriteLine(line);
        }
    }

    private static string Text(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-";
}
