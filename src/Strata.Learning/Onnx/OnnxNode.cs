namespace Strata.Learning.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Operation">Its name in the domain.</param>
/// <param name="Domain">Empty for ONNX's own operations, <c>ai.onnx.ml</c> for those of trees and encodings.</param>
/// <param name="Inputs">Names of values; empty for one that is left out.</param>
/// <param name="Outputs">Names of values; empty for one that nobody asks for.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(string Operation, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>Of trees and encodings.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    public T Get<T>(string name, T otherwise) => Attributes.FirstOrDefault(attribute => attribute.Name == name) is { } found ? (T)found.Value : otherwise;

    public T Get<T>(string name) => (T)Attributes.Single(attribute => attribute.Name == name).Value;

    /// <summary>Writes it as a <c>NodeProto</c>.</summary>
    public void Write(ProtobufWriter writer)
    {
        foreach (string input in Inputs)
        {
            writer.Text(1, input);
        }

        foreach (string output in Outputs)
        {
            writer.Text(2, output);
        }

        writer.Text(3, $"{Operation}:{Outputs[0]}");
        writer.Text(4, Operation);
        foreach (OnnxAttribute attribute in Attributes)
        {
            writer.Message(5, attribute.Write);
        }

        if (Domain.Length > 0)
        {
            writer.Text(7, Domain);
        }
    }
}
