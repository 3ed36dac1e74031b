using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;

namespace Strata.Cli;

/// <summary><c>strata algorithms</c>: what can be trained, with every setting, straight from the catalog.</summary>
internal static class AlgorithmCommands
{
    public static Command List(Terminal terminal)
    {
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "Show this algorithm's hyperparameters." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("algorithms", "Lists the algorithms, or one with its hyperparameters.") { name, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is string chosen)
            {
                Algorithm algorithm = Algorithms.Named(chosen);
                terminal.Result(parsed.GetValue(json), algorithm.JsonSchema(), writer => WriteOne(writer, algorithm));
            }
            else
            {
                terminal.Result(parsed.GetValue(json), new JsonArray([.. Algorithms.All.Select(Summary)]), WriteAll);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Summary(Algorithm algorithm) => new()
    {
        ["name"] = algorithm.Name,
        ["title"] = algorithm.Title,
        ["summary"] = algorithm.Summary,
        ["tasks"] = new JsonArray([.. algorithm.Tasks.Select(task => System.Text.Json.JsonSerializer.SerializeToNode(task, Strata.Learning.ModelFiles.ModelFileJson.Options))]),
    };

    private static void WriteAll(TextWriter writer) =>
        TextTable.Write(writer, ["NAME", "WHAT IT IS"], Algorithms.All.Select(algorithm => (IReadOnlyList<string>)[algorithm.Name, algorithm.Summary]));

    private static void WriteOne(TextWriter writer, Algorithm algorithm)
    {
        writer.WriteLine($"{algorithm.Name}: {algorithm.Title}");
        writer.WriteLine(algorithm.Summary);
        writer.WriteLine();
        WriteHyperparameters(writer, "HYPERPARAMETER", algorithm.Hyperparameters);
    }

    /// <summary>Name, default, range and meaning of each.</summary>
    internal static void WriteHyperparameters(TextWriter writer, string heading, IReadOnlyList<Hyperparameter> hyperparameters) =>
        TextTable.Write(
            writer,
            [heading, "DEFAULT", "TAKES", "MEANING"],
            hyperparameters.Select(one => (IReadOnlyList<string>)[one.Name, one.DefaultJson?.ToJsonString().Trim('"') is { Length: > 0 } standard ? standard : "-", one.Expectation, one.Description]));
}
