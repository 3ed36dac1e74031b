using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Cli.Onnx;

/// <summary>Runs an exported file in ONNX Runtime for Node.js on the rows of its certificate, where both are installed.</summary>
internal static class OnnxRuntimeCheck
{
    private const string Install = "Install Node.js, and in this folder: npm install onnxruntime-node";

    /// <summary>The certificate with the larger of both differences, and who found them.</summary>
    /// <param name="path">The file, its certificate beside it.</param>
    /// <param name="certificate">What that says so far.</param>
    /// <param name="cancellation">Ends the other program too.</param>
    /// <exception cref="DataException">Node.js or the package is not there, or ONNX Runtime refuses the file.</exception>
    public static ParityCertificate Of(string path, ParityCertificate certificate, CancellationToken cancellation)
    {
        JsonObject answer = JsonNode.Parse(Run(Path.GetFullPath(path), cancellation))!.AsObject();
        if (answer.ContainsKey("absent"))
        {
            throw new DataException($"ONNX Runtime is not installed: {answer["error"]}. {Install}");
        }

        return answer["error"] is { } error
            ? throw new DataException($"ONNX Runtime refuses the file: {error}")
            : certificate with
            {
                LargestDifference = Math.Max(certificate.LargestDifference, answer["largest_difference"]!.GetValue<double>()),
                LabelsThatDiffer = Math.Max(certificate.LabelsThatDiffer, answer["labels_that_differ"]!.GetValue<int>()),
                CheckedBy = [.. certificate.CheckedBy, answer["runtime"]!.GetValue<string>()],
            };
    }

    private static string Run(string path, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("node", ["--input-type=module", "-", path]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Started(start);
        using CancellationTokenRegistration ending = cancellation.Register(() => node.Kill(entireProcessTree: true));
        Task<string> errors = node.StandardError.ReadToEndAsync(cancellation);
        using (Stream script = typeof(OnnxRuntimeCheck).Assembly.GetManifestResourceStream("check.mjs")!)
        {
            script.CopyTo(node.StandardInput.BaseStream);
            node.StandardInput.Close();
        }

        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => line.StartsWith('{'))
            ?? throw new DataException($"Node.js ended with code {node.ExitCode} and no answer: {errors.Result.Trim()}");
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DataException($"Node.js cannot be run: {e.Message}. {Install}", e);
        }
    }
}
