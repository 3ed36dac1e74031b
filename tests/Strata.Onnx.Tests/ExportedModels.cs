using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Onnx.Tests;

/// <summary>Models of every algorithm, each exported with its certificate, and what ONNX Runtime made of all files in one go.</summary>
public sealed class ExportedModels : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-onnx-").FullName;
    private readonly Dictionary<string, ParityCertificate> certificates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> layerDifferences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Exception> refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> answers = new(StringComparer.Ordinal);

    public ExportedModels()
    {
        foreach ((string name, Func<(IModel Model, Frame Rows)> train) in SampleModels.All)
        {
            try
            {
                certificates[name] = Export(name, train());
            }
            catch (Exception e) when (e is DataException or NotSupportedException or InvalidOperationException or ArgumentException)
            {
                refusals[name] = e;
            }
        }

        foreach (string name in SampleLayers.All.Keys)
        {
            (byte[] file, JsonObject certificate, layerDifferences[name]) = SampleLayers.Export(name);
            File.WriteAllBytes(PathOf(name), file);
            File.WriteAllText($"{PathOf(name)}.certificate.json", certificate.ToJsonString());
        }

        Run([.. certificates.Keys, .. SampleLayers.All.Keys]);
    }

    public ParityCertificate CertificateOf(string name) => certificates.GetValueOrDefault(name) ?? throw refusals[name];

    /// <summary>How far a layer's graph, worked out here, is from the layer.</summary>
    public double DifferenceOf(string layer) => layerDifferences[layer];

    /// <summary>What ONNX Runtime said: <c>largest_difference</c>, <c>labels_that_differ</c>, or <c>error</c>.</summary>
    public JsonObject AnswerTo(string name) => answers.GetValueOrDefault(name) ?? throw refusals[name];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ParityCertificate Export(string name, (IModel Model, Frame Rows) trained)
    {
        OnnxFile file = OnnxExport.Of(trained.Model);
        ParityCertificate certificate = file.Certify(trained.Rows.Take([.. Enumerable.Range(0, Math.Min(file.UsualRows, trained.Rows.RowCount))]));
        File.WriteAllBytes(PathOf(name), file.Content);
        File.WriteAllText($"{PathOf(name)}.certificate.json", JsonSerializer.Serialize(certificate, ModelFileJson.Options));
        return certificate;
    }

    private void Run(string[] names)
    {
        string from = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "OnnxRuntimeFrom").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "check.mjs"), .. names.Select(PathOf)]) { RedirectStandardOutput = true };
        start.Environment["ONNXRUNTIME_FROM"] = from;
        using Process node = Process.Start(start)!;
        string[] lines = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        JsonObject[] results = [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];
        if (results.Length != names.Length)
        {
            throw new InvalidOperationException($"ONNX Runtime answered to {results.Length} of {names.Length} files: {string.Join(" ", lines)}");
        }

        foreach ((string name, JsonObject result) in names.Zip(results))
        {
            answers[name] = result;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, $"{name}.onnx");
}
