using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Workflow;
using Strata.Solutions;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary>Weights of networks as files: what <c>--from</c> names, and what <c>strata export --format safetensors</c> writes.</summary>
internal static class WeightFiles
{
    public const string Format = "safetensors";

    private const string Extension = "." + Format;

    /// <summary>The pretrained weights of the data folder.</summary>
    public static WeightsFolder Folder(string data) => new(Path.Combine(data, "pretrained"));

    /// <summary>Weights by what a person names them: a model file, a file of weights, or a pretrained model.</summary>
    /// <exception cref="DataException">There is none of that name.</exception>
    public static Safetensors Read(string given)
    {
        if (File.Exists(given))
        {
            return given.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? NetworkWeights.Read(given) : InitialWeights.Of(ModelFile.Load(given).Model);
        }

        WeightsFolder folder = Folder(LocalServer.DefaultDataFolder);
        PretrainedModel[] shipped = [.. Solution.All.SelectMany(solution => solution.Pretrained)];
        return folder.TryRead(given)
            ?? (shipped.FirstOrDefault(model => model.Card.Name == given) is PretrainedModel model ? InitialWeights.Of(model.File.Model) : null)
            ?? throw new DataException($"There is no file '{given}' and no pretrained model of that name. There are: {string.Join(", ", folder.Cards().Select(card => card.Name).Concat(shipped.Select(one => one.Card.Name)))}.");
    }

    /// <summary>The expression that reads them.</summary>
    public static string CSharp(string given) => given.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
        ? $"NetworkWeights.Read({Text(given)})"
        : $"InitialWeights.Of(ModelFile.Load({Text(given)}).Model)";

    public static int Export(Terminal terminal, string model, string path, bool asJson, bool explains, CancellationToken cancellation)
    {
        if (explains)
        {
            return CommandExplanation.Of(
                [$"Safetensors weights = {CSharp(model)};", $"WholeFile.Write({Text(path)}, weights.Write);"],
                "There is no call for it: a stored model's file is GET /api/models/MODEL_ID/file, and the command line exports it.").Write(terminal);
        }

        Safetensors weights = InitialWeights.Of(ModelFile.Load(model).Model);
        WrittenFile.Write(path, weights.Write, cancellation);
        var result = new JsonObject { ["out"] = path, ["format"] = Format, ["tensors"] = weights.Tensors.Count, ["numbers"] = Numbers(weights) };
        terminal.Result(asJson, result, writer =>
        {
            writer.WriteLine($"{weights.Tensors.Count} tensors ({Numbers(weights)} numbers) written to {path}, under PyTorch's names and in its shapes.");
            writer.WriteLine($"In Python: safetensors.torch.load_file({Text(path)}). Here: strata train TABLE --algorithm {weights.Metadata["strata_algorithm"]} --from {path} ...");
        });
        return ExitCode.Done;
    }

    private static long Numbers(Safetensors weights) => weights.Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, length) => product * length));
}
