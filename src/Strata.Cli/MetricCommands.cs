using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;

namespace Strata.Cli;

/// <summary><c>strata metrics</c>: what predictions can be measured by, wherever a command takes a metric.</summary>
internal static class MetricCommands
{
    public static Command List(Terminal terminal)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("metrics", "Lists the metrics by name, and those that take a number behind a colon, such as f_beta:2.") { json };
        command.SetAction(parsed =>
        {
            var result = new JsonArray([.. Metric.All.Select(Json), .. Metric.Families.Select(Json)]);
            terminal.Result(parsed.GetValue(json), result, Write);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer)
    {
        TextTable.Write(writer, ["NAME", "OF", "BETTER", "WHAT IT SAYS"], Metric.All.Select(metric => Row(metric.Name, metric)));
        writer.WriteLine();
        TextTable.Write(writer, ["WITH A NUMBER", "OF", "BETTER", "WHAT IT SAYS"], Metric.Families.Select(family => Row(family.ToString(), family.Example)));
    }

    private static string[] Row(string name, Metric metric) =>
    [
        name,
        metric.Tasks.Contains(LearningTask.Regression) ? "numbers" : metric.Tasks.Contains(LearningTask.MulticlassClassification) ? metric.Tasks.Contains(LearningTask.BinaryClassification) ? "classes" : "several classes" : "two classes",
        metric.HigherIsBetter ? "higher" : "lower",
        metric.Meaning,
    ];

    private static JsonObject Json(Metric metric) => new()
    {
        ["name"] = metric.Name,
        ["title"] = metric.Title,
        ["tasks"] = JsonSerializer.SerializeToNode(metric.Tasks, ModelFileJson.Options),
        ["higher_is_better"] = metric.HigherIsBetter,
        ["on_request"] = metric.IsOnRequest,
        ["meaning"] = metric.Meaning,
    };

    private static JsonObject Json(MetricFamily family)
    {
        JsonObject example = Json(family.Example);
        example["name"] = family.Name;
        example["parameter"] = family.Parameter;
        example["range"] = family.Range;
        example["example"] = family.Example.Name;
        return example;
    }
}
