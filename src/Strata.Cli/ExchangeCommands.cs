using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Exchange;

namespace Strata.Cli;

/// <summary><c>strata import</c> and <c>strata export</c>: models of trees from and for XGBoost and LightGBM.</summary>
internal static class ExchangeCommands
{
    public static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A model that XGBoost (JSON, UBJSON) or LightGBM (text) saved." };
        var outPath = new Option<string>("--out") { Description = "Where the model file goes.", Required = true, HelpName = "MODEL.strata" };
        var target = new Option<string?>("--target") { Description = "The name of what it predicts, which the file does not say; 'target' when not given." };
        var classes = new Option<string?>("--classes") { Description = "The class names in the order of their codes, between commas; 0,1,... when not given. Two names for a model of averaged votes make it a classifier.", HelpName = "A,B,C" };
        var categories = new Option<string?>("--categories") { Description = "A JSON file with the levels of category columns in the order of their codes: {\"colour\": [\"red\", \"green\"]}.", HelpName = "FILE.json" };
        var rounds = new Option<int?>("--rounds") { Description = "Take only so many boosting rounds, the first; all when not given." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("import", "Reads a model of trees that XGBoost or LightGBM saved; it then predicts what they predict.") { file, outPath, target, classes, categories, rounds, json };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(file)!, to = parsed.GetValue(outPath)!;
            ImportedModel imported = ModelImport.Read(from, new ImportOptions
            {
                Target = parsed.GetValue(target) ?? new ImportOptions().Target,
                Classes = parsed.GetValue(classes)?.Split(',', StringSplitOptions.TrimEntries),
                Levels = parsed.GetValue(categories) is string levels ? ReadLevels(levels) : new ImportOptions().Levels,
                Rounds = parsed.GetValue(rounds),
            });
            new ModelFile(imported.Model, new ModelCard { ImportedFrom = imported.Origin, Notes = imported.Notes }).Save(to);
            terminal.Notes(imported.Notes);
            TreeEnsemble trees = Trees(imported.Model);
            var result = new JsonObject
            {
                ["model"] = to,
                ["format"] = imported.Format.Word(),
                ["imported_from"] = imported.Origin,
                ["trees"] = trees.TreeCount,
                ["depth"] = trees.Depth(),
                ["signature"] = JsonSerializer.SerializeToNode(imported.Model.Signature, ModelFileJson.Options),
                ["notes"] = JsonSerializer.SerializeToNode(imported.Notes, ModelFileJson.Options),
            };
            terminal.Result(parsed.GetValue(json), result, writer => WriteImported(writer, imported, trees, to));
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteImported(TextWriter writer, ImportedModel imported, TreeEnsemble trees, string path)
    {
        ModelSignature signature = imported.Model.Signature;
        int categories = signature.Features.Columns.Count(column => column.Type == ColumnType.Category);
        writer.WriteLine($"Imported {imported.Origin}: {trees.TreeCount} trees, at most {trees.Depth()} splits deep, over {signature.Features.Columns.Count} columns{(categories > 0 ? $" ({categories} of categories)" : string.Empty)}.");
        writer.WriteLine($"It predicts '{signature.Target}'{(signature.Task.IsClassification() ? $": {NearNames.List(signature.Classes, 12)}" : " (a number)")}.");
        writer.WriteLine();
        writer.WriteLine($"The model is in {path}. Next: strata predict {path} TABLE --out predictions.csv");
    }

    private static TreeEnsemble Trees(IModel model) => ((ITreeModel)(model is PipelineModel pipeline ? pipeline.Learner : model)).Trees;

    private static Dictionary<string, IReadOnlyList<string>> ReadLevels(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(File.ReadAllText(path)) is { } levels && levels.Values.All(names => names is not null && !names.Contains(null!))
                ? levels
                : throw new DataException($"{path} holds an empty value; expected {{\"column\": [\"level of code 0\", \"level of code 1\"]}}.");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path} is not JSON of the form {{\"column\": [\"level of code 0\", \"level of code 1\"]}}: {e.Message}", e);
        }
    }
}
