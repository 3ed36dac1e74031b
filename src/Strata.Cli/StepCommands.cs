using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;

namespace Strata.Cli;

/// <summary><c>strata steps</c>: what can be done to a table before learning, with every setting, straight from the catalog.</summary>
internal static class StepCommands
{
    public static Command List(Terminal terminal)
    {
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "Show this step's settings." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("steps", "Lists the preparation steps for 'strata train --prepare', or one with its settings.") { name, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is string chosen)
            {
                PreparationStep step = PreparationSteps.Named(chosen);
                terminal.Result(parsed.GetValue(json), step.JsonSchema(), writer => WriteOne(writer, step));
            }
            else
            {
                terminal.Result(
                    parsed.GetValue(json),
                    new JsonArray([.. PreparationSteps.All.Select(step => new JsonObject { ["name"] = step.Name, ["summary"] = step.Summary })]),
                    writer => TextTable.Write(writer, ["NAME", "WHAT IT DOES"], PreparationSteps.All.Select(step => (IReadOnlyList<string>)[step.Name, step.Summary])));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteOne(TextWriter writer, PreparationStep step)
    {
        writer.WriteLine($"{step.Name}: {step.Summary}");
        writer.WriteLine();
        AlgorithmCommands.WriteHyperparameters(writer, "SETTING", step.Hyperparameters);
    }
}
