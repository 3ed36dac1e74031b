using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Cli.Onnx;

/// <summary><c>strata export --format onnx</c>: the file, and the certificate beside it.</summary>
/// <param name="Model">The model file.</param>
/// <param name="To">Where the ONNX file goes.</param>
/// <param name="Rows">A table for the certificate; null to make rows up.</param>
/// <param name="Doubles">Whether number inputs are float64.</param>
/// <param name="Check">Whether ONNX Runtime is asked too.</param>
internal sealed record OnnxOutput(string Model, string To, string? Rows, bool Doubles, bool Check)
{
    public const string Word = "onnx";

    public int Write(Terminal terminal, bool asJson, bool isOnlyExplained, CancellationToken cancellation)
    {
        if (isOnlyExplained)
        {
            return ModelExplanations.OfOnnx(this).Write(terminal);
        }

        IModel model = ModelFile.Load(Model).Model;
        OnnxFile file = OnnxExport.Of(model, new OnnxOptions { DoubleInputs = Doubles });
        ParityCertificate certificate = Rows is null ? file.Certify() : file.Certify(First(file.UsualRows, ModelCommands.ReadFor(model, new TableSource(Rows, new TableReadOptions()), terminal, cancellation)));
        string beside = $"{To}.certificate.json";
        WrittenFile.Write(To, stream => stream.Write(file.Content), cancellation);
        WriteCertificate(beside, certificate, cancellation);
        if (Check)
        {
            certificate = OnnxRuntimeCheck.Of(To, certificate, cancellation);
            WriteCertificate(beside, certificate, cancellation);
        }

        terminal.Notes(file.Notes);
        var result = new JsonObject
        {
            ["out"] = To,
            ["certificate"] = beside,
            ["format"] = Word,
            ["opsets"] = JsonSerializer.SerializeToNode(OnnxFile.Opsets, ModelFileJson.Options),
            ["inputs"] = JsonSerializer.SerializeToNode(file.Inputs, ModelFileJson.Options),
            ["outputs"] = JsonSerializer.SerializeToNode(file.Outputs, ModelFileJson.Options),
            ["rows"] = certificate.Rows,
            ["largest_difference"] = certificate.LargestDifference,
            ["labels_that_differ"] = certificate.LabelsThatDiffer,
            ["agrees"] = certificate.Agrees,
            ["checked_by"] = JsonSerializer.SerializeToNode(certificate.CheckedBy, ModelFileJson.Options),
            ["notes"] = JsonSerializer.SerializeToNode(file.Notes, ModelFileJson.Options),
        };
        terminal.Result(asJson, result, writer => WriteText(writer, file, certificate, beside));
        return certificate.Agrees ? ExitCode.Done : throw new DataException($"The exported file does not agree with the model: the largest difference is {certificate.LargestDifference}, and {certificate.LabelsThatDiffer} rows are called by another class. See {beside}.");
    }

    private static Frame First(int count, Frame rows) => rows.RowCount == 0
        ? throw new DataException("The table for the certificate has no row.")
        : rows.Take([.. Enumerable.Range(0, Math.Min(count, rows.RowCount))]);

    private static void WriteCertificate(string path, ParityCertificate certificate, CancellationToken cancellation) =>
        WrittenFile.Write(path, stream => JsonSerializer.Serialize(stream, certificate, ModelFileJson.Options), cancellation);

    private void WriteText(TextWriter writer, OnnxFile file, ParityCertificate certificate, string beside)
    {
        writer.WriteLine($"ONNX model ({string.Join(", ", OnnxFile.Opsets.Select(set => $"{set.Key} {set.Value}"))}; {file.Content.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes) written to {To}");
        writer.WriteLine();
        TextTable.Write(writer, ["", "NAME", "TYPE", "SHAPE"], [.. file.Inputs.Select(slot => Line("input", slot)), .. file.Outputs.Select(slot => Line("output", slot))]);
        writer.WriteLine();
        writer.WriteLine($"On {certificate.Rows} {(certificate.RowsAreMadeUp ? "made-up " : string.Empty)}rows it differs from the model by {certificate.LargestDifference.ToString("0.0e+0", CultureInfo.InvariantCulture)} at the most, by {string.Join(" and ", certificate.CheckedBy)}: {beside}");
    }

    private static string[] Line(string kind, OnnxSlot slot) => [kind, slot.Name, slot.Type, $"[{string.Join(", ", slot.Shape)}]"];
}
