namespace Strata.Learning.Onnx.Evaluation;

/// <summary>
/// Works out a graph node by node, plainly and slowly: by this an exported file is held against the model that it was made of, without any other program. It knows the operations
/// that exports here are made of, by the definitions of the ONNX standard.
/// </summary>
internal static class OnnxEvaluator
{
    private static readonly Dictionary<string, Func<OnnxNode, OnnxTensor?[], OnnxTensor[]>> Operations = new(StringComparer.Ordinal);

    static OnnxEvaluator()
    {
        foreach ((string name, Func<OnnxNode, OnnxTensor?[], OnnxTensor[]> operation) in RecurrentOperations.All)
        {
            Operations[name] = operation;
        }

        Operations["TopK"] = ShapeOperations.TopK;
        foreach ((string name, Func<OnnxNode, OnnxTensor?[], OnnxTensor> operation) in ElementOperations.All.Concat(ShapeOperations.All).Concat(SumOperations.All).Concat(TableOperations.All).Concat(ArrayOperations.All))
        {
            Operations[name] = (node, inputs) => [operation(node, inputs)];
        }
    }

    /// <summary>The outputs by name.</summary>
    /// <param name="graph">What to work out.</param>
    /// <param name="inputs">A tensor for each of its inputs.</param>
    public static Dictionary<string, OnnxTensor> Run(OnnxGraph graph, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        var values = new Dictionary<string, OnnxTensor>(graph.Constants, StringComparer.Ordinal);
        foreach (OnnxPort input in graph.Inputs)
        {
            values[input.Name] = inputs[input.Name];
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            OnnxTensor[] results = Operations.TryGetValue(node.Operation, out var operation)
                ? operation(node, [.. node.Inputs.Select(name => name.Length == 0 ? null : values[name])])
                : throw new NotSupportedException($"The evaluator does not know operation '{node.Operation}'.");
            foreach ((string name, OnnxTensor result) in node.Outputs.Zip(results))
            {
                values[name] = result;
            }
        }

        return graph.Outputs.ToDictionary(output => output.Name, output => values[output.Name], StringComparer.Ordinal);
    }
}
