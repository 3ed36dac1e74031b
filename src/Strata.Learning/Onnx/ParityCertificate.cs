using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Onnx.Evaluation;

namespace Strata.Learning.Onnx;

/// <summary>
/// What stands beside an exported file: sample rows as the file takes them, what the model answers to them, and how far the file's own graph is from that, worked out by
/// operations written apart from the model's.
/// </summary>
public sealed record ParityCertificate
{
    /// <summary>How large a difference still counts as agreement, in parts of the number or of 1, whichever is larger.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Of the ONNX file, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required string Algorithm { get; init; }

    public required string Task { get; init; }

    public required string Target { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    public required IReadOnlyDictionary<string, int> Opsets { get; init; }

    public required int Rows { get; init; }

    /// <summary>Whether the sample rows were made up, for want of a table.</summary>
    public bool RowsAreMadeUp { get; init; }

    /// <summary>The largest difference between the model and the graph, in parts of the number or of 1, whichever is larger.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>Rows that the graph calls by another class although no two classes are nearly equal.</summary>
    public required int LabelsThatDiffer { get; init; }

    /// <summary>Whether it agrees with the model within <see cref="Tolerance"/>.</summary>
    public bool Agrees => LargestDifference <= Tolerance && LabelsThatDiffer == 0;

    /// <summary>Who worked out the graph: Strata's own evaluator, and any runtime that was asked.</summary>
    public required IReadOnlyList<string> CheckedBy { get; init; }

    /// <summary>The sample rows by input.</summary>
    public required IReadOnlyList<CertifiedTensor> Inputs { get; init; }

    /// <summary>What the model itself answers to them, by output.</summary>
    public required IReadOnlyList<CertifiedTensor> Expected { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    internal static ParityCertificate Of(OnnxFile file, OnnxGraph graph, IModel model, Frame rows)
    {
        Dictionary<string, OnnxTensor> given = OnnxRows.Read(graph, model.Signature.Features.Conform(rows));
        Predictions predicted = model.Predict(OnnxRows.AsGiven(graph, model.Signature.Features, given));
        Dictionary<string, OnnxTensor> expected = OnnxRows.Answers(graph, predicted), found = OnnxEvaluator.Run(graph, given);
        return new ParityCertificate
        {
            Sha256 = file.Sha256,
            Algorithm = model.Algorithm,
            Task = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(model.Signature.Task.ToString()),
            Target = model.Signature.Target,
            Classes = model.Signature.Classes,
            Opsets = OnnxFile.Opsets,
            Rows = predicted.RowCount,
            LargestDifference = expected.Where(pair => pair.Value.Element != OnnxElement.String).Max(pair => Difference(pair.Value, found[pair.Key])),
            LabelsThatDiffer = expected.Where(pair => pair.Value.Element == OnnxElement.String).Sum(pair => Disagreements(pair.Value, found[pair.Key], predicted)),
            CheckedBy = ["Strata's evaluator of ONNX graphs"],
            Inputs = [.. graph.Inputs.Select(input => CertifiedTensor.Of(input.Name, given[input.Name]))],
            Expected = [.. graph.Outputs.Select(output => CertifiedTensor.Of(output.Name, expected[output.Name]))],
            Notes = file.Notes,
        };
    }

    private static double Difference(OnnxTensor expected, OnnxTensor found) => expected.Shape.SequenceEqual(found.Shape)
        ? expected.Numbers.Zip(found.Numbers, Difference).Append(0).Max()
        : double.PositiveInfinity;

    private static double Difference(double expected, double found) =>
        expected.Equals(found) ? 0 : double.IsFinite(expected) && double.IsFinite(found) ? Math.Abs(expected - found) / Math.Max(1, Math.Abs(expected)) : double.PositiveInfinity;

    private static int Disagreements(OnnxTensor expected, OnnxTensor found, Predictions predicted) =>
        Enumerable.Range(0, expected.Count).Count(row => expected.Texts[row] != found.Texts[row] && !IsNearlyEqual(predicted, row));

    /// <summary>Whether a class is called by a hair, which rounding may turn.</summary>
    private static bool IsNearlyEqual(Predictions predicted, int row)
    {
        if (!predicted.Task.IsClassification())
        {
            return Math.Abs(predicted.Values[row] - predicted.OutlierThreshold) < Tolerance;
        }

        if (predicted.Decision?.Threshold is double threshold)
        {
            return Math.Abs(predicted.Probability(row, 1) - threshold) < Tolerance;
        }

        double[] sorted = [.. predicted.Probabilities(row).ToArray().OrderDescending()];
        return predicted.Decision is not null || sorted[0] - sorted[1] < Tolerance;
    }
}

/// <summary>Values of an input or output.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Shape">Its lengths.</param>
/// <param name="Values">Numbers or texts, the last dimension innermost; null for a missing number.</param>
public sealed record CertifiedTensor(string Name, string Type, IReadOnlyList<int> Shape, JsonArray Values)
{
    internal static CertifiedTensor Of(string name, OnnxTensor tensor) => new(name, tensor.Element.Word(), tensor.Shape, tensor.Element == OnnxElement.String
        ? [.. tensor.Texts.Select(text => (JsonNode?)text)]
        : [.. tensor.Numbers.Select(number => double.IsFinite(number) ? (JsonNode?)number : null)]);
}
