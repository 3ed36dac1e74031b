using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary><c>strata pretrained</c>: the models and weights that ship with solutions or lie in the data folder, with their cards.</summary>
internal static class PretrainedCommands
{
    private static IEnumerable<PretrainedModel> Shipped => Solution.All.SelectMany(solution => solution.Pretrained);

    public static Command Pretrained(Terminal terminal) => new("pretrained", "Lists, shows and keeps models and weights that have learned already.") { List(terminal), Show(terminal), Add(terminal), Export(terminal) };

    private static Command List(Terminal terminal)
    {
        Option<string> data = ServerCommands.Data();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("list", "Lists what there is.") { data, json };
        command.SetAction(parsed =>
        {
            (string Name, string Kind, string Algorithm, string? Summary)[] rows =
            [
                .. WeightFiles.Folder(parsed.GetValue(data)!).Cards().Select(card => (card.Name, "weights", card.Algorithm, card.Summary)),
                .. Shipped.Select(model => (model.Card.Name, "model", model.Card.Algorithm, (string?)model.Card.Title)),
            ];
            var result = new JsonArray([.. rows.Select(row => new JsonObject { ["name"] = row.Name, ["kind"] = row.Kind, ["algorithm"] = row.Algorithm, ["summary"] = row.Summary })]);
            terminal.Result(parsed.GetValue(json), result, writer => TextTable.Write(writer, ["NAME", "KIND", "ALGORITHM", "WHAT IT IS"], rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Kind, row.Algorithm, row.Summary ?? string.Empty])));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string> data = ServerCommands.Data();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Shows the card of one: on which data it learned, under which licence, how good it is, which columns it reads.") { name, data, json };
        command.SetAction(parsed =>
        {
            string chosen = parsed.GetValue(name)!;
            object card = WeightFiles.Folder(parsed.GetValue(data)!).TryRead(chosen) is Safetensors weights
                ? WeightsCard.Of(weights) ?? throw new DataException($"The weights '{chosen}' have no card.")
                : ShippedModel(chosen).Card;
            JsonNode result = JsonSerializer.SerializeToNode(card, ModelFileJson.Options)!;
            terminal.Result(parsed.GetValue(json), result, writer => Write(writer, result.AsObject()));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "Weights (.safetensors) with a card, as 'strata pretrain --out' writes them." };
        Option<string> data = ServerCommands.Data();
        var command = new Command("add", "Keeps a file of weights in the data folder, under the name on its card.") { file, data };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            Safetensors weights = NetworkWeights.Read(path);
            WeightsCard card = WeightsCard.Of(weights) ?? throw new DataException($"{path} has no card; 'strata pretrain' writes one.");
            WeightFiles.Folder(parsed.GetValue(data)!).Add(card, weights);
            terminal.Note($"Kept as '{card.Name}': strata train TABLE --algorithm {card.Algorithm} --from {card.Name} ...");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string> data = ServerCommands.Data();
        var outPath = new Option<string>("--out") { Description = "Where the file goes: .safetensors for weights, .strata for a model.", Required = true, HelpName = "FILE" };
        var command = new Command("export", "Writes one to a file.") { name, data, outPath };
        command.SetWork((parsed, cancellation) =>
        {
            string chosen = parsed.GetValue(name)!, path = parsed.GetValue(outPath)!;
            if (WeightFiles.Folder(parsed.GetValue(data)!).TryRead(chosen) is Safetensors weights)
            {
                WrittenFile.Write(path, weights.Write, cancellation);
            }
            else
            {
                using Stream model = ShippedModel(chosen).Open();
                WrittenFile.Write(path, model.CopyTo, cancellation);
            }

            terminal.Note($"{chosen} written to {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "As 'strata pretrained list' shows it." };

    private static PretrainedModel ShippedModel(string name) => Shipped.FirstOrDefault(model => model.Card.Name == name)
        ?? throw new DataException($"There is nothing pretrained called '{name}'; 'strata pretrained list' shows what there is.");

    private static void Write(TextWriter writer, JsonObject card)
    {
        foreach ((string key, JsonNode? value) in card)
        {
            string text = value switch
            {
                JsonObject values when values.All(pair => pair.Value is JsonValue) => string.Join(", ", values.Select(pair => $"{pair.Key} {Short(pair.Value)}")),
                JsonObject schema when schema["columns"] is JsonArray columns => NearNames.List([.. columns.Select(column => $"{column!["name"]} ({column["type"]})")], 12),
                JsonArray items when items.All(item => item is JsonObject) => NearNames.List([.. items.Select(item => (item!["name"] ?? item["table"])?.ToString() ?? string.Empty)], 12),
                JsonArray items => string.Join(", ", items.Select(Short)),
                _ => Short(value),
            };
            writer.WriteLine($"{key.Replace('_', ' ')}: {text}");
        }
    }

    private static string Short(JsonNode? value) => value is JsonValue one && one.TryGetValue(out double number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : value?.ToString() ?? string.Empty;
}
