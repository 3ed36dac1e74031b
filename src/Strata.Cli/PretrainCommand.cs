using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Pretraining;
using Strata.Learning.Workflow;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary><c>strata pretrain</c>: a network learns from rows without a target, for trainings that begin from its weights.</summary>
internal static class PretrainCommand
{
    public static Command Pretrain(Terminal terminal)
    {
        var table = new TableArgument();
        var algorithm = new Option<string>("--algorithm") { Description = "A network's name; see 'strata algorithms'.", Required = true };
        var set = new Option<string[]>("--set") { Description = "A hyperparameter, as NAME=VALUE; may be given several times.", HelpName = "NAME=VALUE" };
        var drop = new Option<string[]>("--drop") { Description = "A column the network must not see, such as what is later to be predicted; may be given several times." };
        var hidden = new Option<double>("--hidden") { Description = "The part of the columns and steps that is hidden in each row.", DefaultValueFactory = _ => 0.3 };
        var seed = new Option<ulong>("--seed") { Description = "Where chance starts." };
        Option<int?> threads = CommonOptions.Threads();
        var outPath = new Option<string?>("--out") { Description = "Where the weights go.", HelpName = "FILE.safetensors" };
        var name = new Option<string?>("--name") { Description = "Keep them in the data folder under this name, for --from NAME.", HelpName = "NAME" };
        var summary = new Option<string?>("--summary") { Description = "What they are good for, for their card." };
        var licence = new Option<string?>("--licence") { Description = "The licence of what was learned, for their card." };
        Option<string> data = ServerCommands.Data();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("pretrain", "Lets a network learn from rows without a target: parts of each row are hidden, and it tells what was there. Trainings begin from its weights with --from.")
        {
            table.Path, algorithm, set, drop, hidden, seed, threads, outPath, name, summary, licence, data, json,
        };
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            TableSource source = table.Of(parsed);
            string chosen = parsed.GetValue(algorithm)!;
            (string? path, string? kept) = (parsed.GetValue(outPath), parsed.GetValue(name));
            Dictionary<string, JsonNode?> values = PlanOptions.Pairs(parsed.GetValue(set) ?? []);
            if (path is null && kept is null)
            {
                throw new DataException("Say where the weights go: --out FILE.safetensors, --name NAME, or both.");
            }

            if (Algorithms.Named(chosen).Recipe(values) is not NetworkRecipe recipe)
            {
                throw new DataException($"'{chosen}' is no network; only networks are pretrained.");
            }

            if (parsed.GetValue(explain))
            {
                return Explained(source, chosen, values, parsed.GetValue(drop) ?? [], path ?? $"{kept}.safetensors", parsed.GetValue(hidden), parsed.GetValue(seed)).Write(terminal);
            }

            Frame rows = WithoutText(source.Read(terminal, cancellation).Drop(parsed.GetValue(drop) ?? []), terminal);
            PretrainedWeights pretrained = terminal.Watch($"pretraining {chosen}", progress => MaskedReconstruction.Run(
                recipe,
                rows,
                new FitContext { Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount, Cancellation = cancellation, Progress = progress },
                parsed.GetValue(hidden)));
            var card = new WeightsCard
            {
                Name = kept ?? Path.GetFileNameWithoutExtension(path!),
                Summary = parsed.GetValue(summary),
                Algorithm = chosen,
                TrainedOn = Named(source.Path),
                TrainedRows = pretrained.LearnedRows,
                Licence = parsed.GetValue(licence),
                Metrics = new Dictionary<string, double> { ["explained_share"] = pretrained.ExplainedShare },
                Inputs = rows.Schema,
            };
            if (path is not null)
            {
                WrittenFile.Write(path, card.AddTo(pretrained.Weights).Write, cancellation);
            }

            if (kept is not null)
            {
                WeightFiles.Folder(parsed.GetValue(data)!).Add(card, pretrained.Weights);
            }

            string given = kept ?? path!;
            var result = new JsonObject { ["weights"] = given, ["algorithm"] = chosen, ["learned_rows"] = pretrained.LearnedRows, ["held_rows"] = pretrained.HeldRows, ["explained_share"] = pretrained.ExplainedShare };
            terminal.Result(parsed.GetValue(json), result, writer =>
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Learned from {pretrained.LearnedRows} rows. Of what was hidden in {pretrained.HeldRows} others it tells {100 * pretrained.ExplainedShare:0.0}% of the variance."));
                writer.WriteLine($"Next: strata train TABLE --target COLUMN --algorithm {chosen} --from {given} --against-scratch --out MODEL.strata, with the same settings.");
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static Frame WithoutText(Frame rows, Terminal terminal)
    {
        string[] text = [.. rows.Columns.Where(column => column.Type == ColumnType.Text).Select(column => column.Name)];
        if (text.Length > 0)
        {
            terminal.Note($"note: left out as text: {NearNames.List(text, 12)}.");
        }

        return rows.Drop(text);
    }

    private static CommandExplanation Explained(TableSource table, string algorithm, Dictionary<string, JsonNode?> values, string[] drop, string path, double hidden, ulong seed)
    {
        string settings = values.Count == 0 ? string.Empty : $"new Dictionary<string, JsonNode?> {{ {string.Join(", ", values.Select(pair => $"[{Text(pair.Key)}] = {Text(pair.Value!.ToString())}"))} }}";
        return CommandExplanation.Of(
            [
                $"var recipe = (NetworkRecipe)Algorithms.Named({Text(algorithm)}).Recipe({settings});",
                $"Frame rows = {table.CSharp}{(drop.Length == 0 ? string.Empty : $".Drop({List(drop)})")};",
                $"PretrainedWeights pretrained = MaskedReconstruction.Run(recipe, rows, new FitContext{(seed == 0 ? "()" : $" {{ Seed = {Whole(seed)} }}")}, {Number(hidden)});",
                $"WholeFile.Write({Text(path)}, pretrained.Weights.Write);",
            ],
            "There is no call for it: networks are pretrained on the command line or by C#.");
    }

    /// <summary>A file with its hash; a folder by its name.</summary>
    private static string Named(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (Directory.Exists(path))
        {
            return name;
        }

        using FileStream stream = File.OpenRead(path);
        return $"{name} (SHA-256 {Convert.ToHexStringLower(SHA256.HashData(stream))})";
    }
}
