using System.Security.Cryptography;
using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>A model as an ONNX file: its bytes, what goes in, what comes out.</summary>
public sealed class OnnxFile
{
    private const int TableRows = 64, ArrayRows = 8;

    private readonly IModel model;
    private readonly OnnxGraph graph;

    internal OnnxFile(IModel model, OnnxGraph graph)
    {
        (this.model, this.graph) = (model, graph);
        Inputs = [.. graph.Inputs.Select(OnnxSlot.Of)];
        Outputs = [.. graph.Outputs.Select(OnnxSlot.Of)];
        Content = graph.ToBytes(model.Algorithm, new Dictionary<string, string> { ["algorithm"] = model.Algorithm, ["target"] = model.Signature.Target, ["task"] = model.Signature.Task.ToString() });
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content));
    }

    /// <summary>The file.</summary>
    public byte[] Content { get; }

    /// <summary>Of <see cref="Content"/>, in hexadecimal.</summary>
    public string Sha256 { get; }

    public IReadOnlyList<OnnxSlot> Inputs { get; }

    public IReadOnlyList<OnnxSlot> Outputs { get; }

    /// <summary>What a user of the file should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes => graph.Notes;

    /// <summary>The versions of ONNX's operations that it needs.</summary>
    public static IReadOnlyDictionary<string, int> Opsets { get; } = new Dictionary<string, int> { ["ai.onnx"] = OnnxGraph.Opset, [OnnxNode.MachineLearning] = OnnxGraph.MachineLearningOpset };

    /// <summary>Works out rows by the graph and by the model, and says how far they are apart.</summary>
    /// <param name="rows">Sample rows in the model's columns.</param>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    public ParityCertificate Certify(Frame rows) => ParityCertificate.Of(this, graph, model, rows);

    /// <summary>As the other, on rows that are made up where the model has something to say: for a model of which no table is at hand.</summary>
    public ParityCertificate Certify() => ParityCertificate.Of(this, graph, model, ProbeRows.Of(graph, model.Signature.Features, UsualRows)) with { RowsAreMadeUp = true };

    /// <summary>How many rows a certificate usually has: fewer of arrays, each of which has many numbers.</summary>
    public int UsualRows => model.Signature.Features.Columns.Any(column => column.Type.IsArray()) ? ArrayRows : TableRows;
}

/// <summary>An input or output of an ONNX file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds: <c>float32</c>, <c>float64</c>, <c>int64</c> or <c>string</c>.</param>
/// <param name="Shape">Each dimension's length, or a name for one that may vary.</param>
public sealed record OnnxSlot(string Name, string Type, IReadOnlyList<string> Shape)
{
    internal static OnnxSlot Of(OnnxPort port) => new(port.Name, port.Element.Word(), [.. port.Dimensions.Select(dimension => FormattableString.Invariant($"{dimension}"))]);
}
