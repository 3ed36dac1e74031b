using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>Writes models with their preparation as ONNX files, which other programs run.</summary>
public static class OnnxExport
{
    /// <param name="model">Any model whose parts ONNX can express.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <exception cref="DataException">It has a part that ONNX cannot express; every reason at once.</exception>
    public static OnnxFile Of(IModel model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = new OnnxGraph();
        ModelSignature signature = model.Signature;
        if (signature.Features.Columns.Count == 0)
        {
            throw new DataException($"The '{model.Algorithm}' model reads no column, so that an ONNX file would have no input.");
        }

        OnnxTable rows = OnnxTable.Of(graph, signature.Features, options?.DoubleInputs == true ? OnnxElement.Double : OnnxElement.Float);
        Give(graph, signature, Of(model, rows));
        graph.Prune();
        NoteColumns(graph, signature.Features);
        return new OnnxFile(model, graph);
    }

    /// <summary>A model as part of a graph.</summary>
    /// <exception cref="DataException">There is no way to express it.</exception>
    internal static OnnxAnswer Of(IModel model, OnnxTable rows) => model is IOnnxModel part
        ? part.Export(rows.Conform(model.Signature.Features))
        : throw new DataException($"A '{model.Algorithm}' model has no ONNX form: its arithmetic has not been written as ONNX operations.");

    private static void Give(OnnxGraph graph, ModelSignature signature, OnnxAnswer answer)
    {
        OnnxValue values = answer.Values;
        switch (signature.Task)
        {
            case LearningTask.Regression:
                graph.Output("variable", values.As(OnnxElement.Float), OnnxGraph.Rows, 1);
                break;
            case LearningTask.OutlierDetection:
                OnnxValue isOutlier = values.IsAbove(answer.OutlierThreshold).As(OnnxElement.Int64);
                graph.Output("label", Names(graph, [Predictions.Inlier, Predictions.Outlier]).Gather(isOutlier.Reshape(-1)), OnnxGraph.Rows);
                graph.Output("score", values.As(OnnxElement.Float), OnnxGraph.Rows, 1);
                break;
            case LearningTask.Clustering:
                graph.Output("cluster", values.As(OnnxElement.Int64), OnnxGraph.Rows, 1);
                break;
            default:
                graph.Output("label", Names(graph, signature.Classes).Gather(Called(values, answer.Decision)), OnnxGraph.Rows);
                graph.Output("probabilities", values.As(OnnxElement.Float), OnnxGraph.Rows, signature.Classes.Count);
                break;
        }
    }

    private static OnnxValue Names(OnnxGraph graph, IReadOnlyList<string> names) => graph.Constant("classes", OnnxTensor.Of([names.Count], names));

    /// <summary>The code of the class that is called [rows].</summary>
    internal static OnnxValue Called(OnnxValue probabilities, DecisionRule? decision)
    {
        if (decision is null)
        {
            return probabilities.Largest();
        }

        if (decision.Threshold is double threshold)
        {
            return probabilities.Slice(1, 1, 2).To("GreaterOrEqual", OnnxElement.Bool, probabilities.Same(threshold)).As(OnnxElement.Int64).Reshape(-1);
        }

        IReadOnlyList<IReadOnlyList<double>> costs = decision.Costs!;
        OnnxValue matrix = probabilities.Graph.Constant("costs", OnnxElement.Double, [costs.Count, costs.Count], costs.SelectMany(line => line));
        return (-probabilities.MatrixProduct(matrix)).Largest();
    }

    private static void NoteColumns(OnnxGraph graph, Schema features)
    {
        void Note(string sentence, Func<SchemaColumn, bool> which)
        {
            string[] names = [.. features.Columns.Where(column => which(column) && graph.Inputs.Any(input => input.Name == column.Name)).Select(column => column.Name)];
            if (names.Length > 0)
            {
                graph.Note($"{sentence}: {NearNames.List(names, 12)}.");
            }
        }

        Note("Dates are expected as seconds since 1970 in float64", column => column.Type == ColumnType.Date);
        Note("Categories are expected as texts, spelled as in training, an empty text for missing", column => column.Type == ColumnType.Category);
        string[] unused = [.. features.Names.Except(graph.Inputs.Select(input => input.Name))];
        if (unused.Length > 0)
        {
            graph.Note($"{unused.Length} column{(unused.Length == 1 ? " that the model does not use is" : "s that the model does not use are")} no input: {NearNames.List(unused, 12)}.");
        }
    }
}

/// <summary>How an ONNX file is written.</summary>
public sealed record OnnxOptions
{
    /// <summary>Whether number inputs are float64 instead of float32: for values with more than seven digits that matter.</summary>
    public bool DoubleInputs { get; init; }
}
