using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>What layers need to write themselves into a graph: their parameters as constants, and the functions of one number.</summary>
internal static class OnnxLayers
{
    /// <summary>A parameter as it stands, under its own name.</summary>
    /// <param name="graph">Gets the constant.</param>
    /// <param name="parameter">Of any shape.</param>
    /// <param name="transposed">Whether rows and columns of a matrix change places, and the name gets <c>.T</c>.</param>
    public static OnnxValue Weights(this OnnxGraph graph, Parameter<float> parameter, bool transposed = false)
    {
        Shape shape = parameter.Shape;
        if (!transposed)
        {
            return graph.Constant(parameter.Name, OnnxElement.Float, Lengths(shape), Numbers(parameter));
        }

        float[] values = parameter.Values.ToArray();
        return graph.Constant($"{parameter.Name}.T", OnnxElement.Float, [shape[1], shape[0]], Enumerable.Range(0, values.Length).Select(i => (double)values[i % shape[0] * shape[1] + i / shape[0]]));
    }

    public static double[] Numbers(this Parameter<float> parameter) => Array.ConvertAll(parameter.Values.ToArray(), value => (double)value);

    public static int[] Lengths(this Shape shape) => [.. Enumerable.Range(0, shape.Dimensions).Select(i => shape[i])];

    public static OnnxValue Activated(this OnnxValue x, Activation kind) => kind switch
    {
        Activation.Relu => x.To("Relu"),
        Activation.LeakyRelu => x.Graph.Add("LeakyRelu", x.Element, [x], new OnnxAttribute("alpha", 0.01f)),
        Activation.Elu => x.Graph.Add("Elu", x.Element, [x], new OnnxAttribute("alpha", 1f)),
        Activation.Gelu => x * ((x * Math.Sqrt(0.5)).To("Erf") + 1) * 0.5,
        Activation.Silu => x * x.Sigmoid(),
        Activation.Tanh => x.To("Tanh"),
        Activation.Sigmoid => x.Sigmoid(),
        Activation.Softplus => x.To("Softplus"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such activation."),
    };
}
