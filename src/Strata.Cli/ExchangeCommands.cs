using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Onnx;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Exchange;

namespace Strata.Cli;

/// <summary><c>strata import</c> and <c>strata export</c>: models from and for other programs, and weights of networks.</summary>
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
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            string from = parsed.GetValue(file)!, to = parsed.GetValue(outPath)!;
            var options = new ImportOptions
            {
                Target = parsed.GetValue(target) ?? new ImportOptions().Target,
                Classes = parsed.GetValue(classes)?.Split(',', StringSplitOptions.TrimEntries),
                Levels = parsed.GetValue(categories) is string levels ? ReadLevels(levels) : new ImportOptions().Levels,
                Rounds = parsed.GetValue(rounds),
            };
            if (parsed.GetValue(explain))
            {
                return ModelExplanations.OfImport(from, to, options, parsed.GetValue(categories)).Write(terminal);
            }

            ImportedModel imported = ModelImport.Read(from, options);
            WrittenFile.Write(to, new ModelFile(imported.Model, new ModelCard { ImportedFrom = imported.Origin, Notes = imported.Notes }).Save, cancellation);
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

    public static Command Export(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        string[] words = [.. Enum.GetValues<TreeModelFormat>().Select(known => known.Word()), OnnxOutput.Word, WeightFiles.Format];
        var format = new Option<string>("--format") { Description = "Whose file it becomes.", Required = true };
        format.AcceptOnlyFromAmong(words);
        var outPath = new Option<string>("--out") { Description = "Where the other program's model file goes: .json for XGBoost, .txt for LightGBM, .onnx for ONNX, .safetensors for the weights of a network.", Required = true, HelpName = "FILE" };
        var withoutPreparation = new Option<bool>("--without-preparation") { Description = "Export the trees of a model that prepares its columns first; they expect prepared columns." };
        var rows = new Option<string?>("--rows") { Description = "With onnx: a table whose first rows go into the certificate; without one rows are made up.", HelpName = "TABLE" };
        var doubles = new Option<bool>("--doubles") { Description = "With onnx: number inputs are float64 instead of float32, for values with more than seven digits that matter." };
        var check = new Option<bool>("--check") { Description = "With onnx: run the file in ONNX Runtime too, where Node.js and its package onnxruntime-node are installed." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("export", "Writes a model for other programs, in which it predicts the same: trees for XGBoost or LightGBM, nearly any model with its preparation as ONNX, a network's weights as safetensors.") { model, format, outPath, withoutPreparation, rows, doubles, check, json };
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            string path = parsed.GetValue(outPath)!;
            if (parsed.GetValue(format) == OnnxOutput.Word)
            {
                return new OnnxOutput(parsed.GetValue(model)!, path, parsed.GetValue(rows), parsed.GetValue(doubles), parsed.GetValue(check)).Write(terminal, parsed.GetValue(json), parsed.GetValue(explain), cancellation);
            }

            string[] foreign = [.. new[] { (parsed.GetValue(rows) is not null, "--rows"), (parsed.GetValue(doubles), "--doubles"), (parsed.GetValue(check), "--check") }.Where(option => option.Item1).Select(option => option.Item2)];
            if (foreign.Length > 0)
            {
                throw new DataException($"{string.Join(", ", foreign)} go{(foreign.Length == 1 ? "es" : string.Empty)} with --format onnx only.");
            }

            if (parsed.GetValue(format) == WeightFiles.Format)
            {
                return WeightFiles.Export(terminal, parsed.GetValue(model)!, path, parsed.GetValue(json), parsed.GetValue(explain), cancellation);
            }

            TreeModelFormat asked = TreeModelFormats.Named(parsed.GetValue(format)!);
            if (parsed.GetValue(explain))
            {
                return ModelExplanations.OfExport(parsed.GetValue(model)!, path, asked, parsed.GetValue(withoutPreparation)).Write(terminal);
            }

            ExportedModel exported = ModelExport.Of(ModelFile.Load(parsed.GetValue(model)!).Model, asked, parsed.GetValue(withoutPreparation));
            WrittenFile.Write(path, stream => stream.Write(exported.Content.Span), cancellation);
            string? categories = exported.Levels.Count == 0 ? null : Path.ChangeExtension(path, ".categories.json");
            if (categories is not null)
            {
                WrittenFile.Write(categories, stream => JsonSerializer.Serialize(stream, exported.Levels, ModelFileJson.Options), cancellation);
            }

            terminal.Notes(exported.Notes);
            var result = new JsonObject
            {
                ["out"] = path,
                ["format"] = exported.Format.Word(),
                ["objective"] = exported.Objective,
                ["columns"] = JsonSerializer.SerializeToNode(exported.Columns, ModelFileJson.Options),
                ["categories"] = categories,
                ["notes"] = JsonSerializer.SerializeToNode(exported.Notes, ModelFileJson.Options),
            };
            terminal.Result(parsed.GetValue(json), result, writer => WriteExported(writer, exported, path, categories));
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteExported(TextWriter writer, ExportedModel exported, string path, string? categories)
    {
        writer.WriteLine($"{exported.Format.Title()} model ({exported.Objective}) over {exported.Columns.Count} columns written to {path}");
        if (categories is not null)
        {
            writer.WriteLine($"The level of each category's code is in {categories}");
        }

        writer.WriteLine($"In Python: {exported.Format.Word()}.Booster(model_file={JsonSerializer.Serialize(path)})");
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
