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

    /// <summary>Kernels [outputs, places .., channels] as ONNX has them: [outputs, channels, places ..].</summary>
    public static OnnxValue Kernels(this OnnxGraph graph, Kernels kernels)
    {
        int[] shape = Lengths(kernels.Weight.Shape);
        int places = shape[1..^1].Aggregate(1, (count, length) => count * length), channels = shape[^1];
        double[] values = kernels.Numbers();
        return graph.Constant(kernels.Weight.Name, OnnxElement.Float, [shape[0], channels, .. shape[1..^1]],
            from output in Enumerable.Range(0, shape[0])
            from channel in Enumerable.Range(0, channels)
            from place in Enumerable.Range(0, places)
            select values[(output * places + place) * channels + channel]);
    }

    /// <summary>A function of arrays with channels before places, of and to arrays with channels last.</summary>
    public static OnnxValue ChannelsFirst(this OnnxValue x, Func<OnnxValue, OnnxValue> of) => x.Rank == 3
        ? of(x.Transpose(0, 2, 1)).Transpose(0, 2, 1)
        : of(x.Transpose(0, 3, 1, 2)).Transpose(0, 2, 3, 1);

    /// <summary>How windows go along every axis of places, as attributes.</summary>
    /// <param name="sliding">Along each.</param>
    /// <param name="axes">How many.</param>
    public static OnnxAttribute[] Attributes(this Sliding sliding, int axes) =>
    [
        new("strides", (long[])[.. Enumerable.Repeat((long)sliding.Stride, axes)]),
        new("dilations", (long[])[.. Enumerable.Repeat((long)sliding.Dilation, axes)]),
        new("pads", (long[])[.. Enumerable.Repeat((long)sliding.Before, axes), .. Enumerable.Repeat((long)sliding.After, axes)]),
    ];

    /// <summary>Windows of series [rows, steps, channels] or images [rows, height, width, channels], each times every kernel.</summary>
    public static OnnxValue Convolved(this OnnxValue x, Kernels kernels, Sliding sliding, int groups) => x.ChannelsFirst(first => first.Graph.Add(
        "Conv",
        x.Element,
        kernels.Bias is null ? [first, first.Graph.Kernels(kernels)] : [first, first.Graph.Kernels(kernels), first.Graph.Weights(kernels.Bias)],
        [new OnnxAttribute("group", (long)groups), .. sliding.Attributes(x.Rank - 2)]));

    /// <summary>One number for each channel over all places, or of series over the steps that each row has: [rows, channels].</summary>
    public static OnnxValue OverSteps(this OnnxValue x, PoolKind kind, OnnxValue? lengths = null)
    {
        if (lengths is not OnnxValue ends)
        {
            OnnxAttribute[] attributes = [new("axes", (long[])[.. Enumerable.Range(1, x.Rank - 2).Select(axis => (long)axis)]), new("keepdims", 0L)];
            return x.Graph.Add(kind == PoolKind.Max ? "ReduceMax" : "ReduceMean", x.Element, [x], attributes) with { Rank = 2 };
        }

        OnnxValue isWithin = x.StepsBelow(ends);
        return kind == PoolKind.Max
            ? isWithin.Choose(x, x.Same(double.NegativeInfinity)).Reduce("ReduceMax", 1, keep: false)
            : (isWithin.Choose(x, x.Same(0)).Sum(1) / ends.As(OnnxElement.Float).Reshape(-1, 1, 1)).To("Squeeze", x.Graph.Wholes(1)) with { Rank = 2 };
    }

    /// <summary>Of series: the same, but a number at the steps that do not count.</summary>
    public static OnnxValue WithinLengths(this OnnxValue x, OnnxValue? lengths, double otherwise = 0) =>
        lengths is OnnxValue ends ? x.StepsBelow(ends).Choose(x, x.Same(otherwise)) with { Rank = x.Rank } : x;

    /// <summary>Of series, each row's last step: [rows, channels].</summary>
    public static OnnxValue LastStep(this OnnxValue x, OnnxValue? lengths)
    {
        OnnxValue last = lengths is OnnxValue ends
            ? (x * x.Steps().To("Equal", OnnxElement.Bool, (ends - 1).Reshape(-1, 1, 1)).As(OnnxElement.Float)).Sum(1)
            : x.Slice(1, -1, int.MaxValue);
        return last.To("Squeeze", x.Graph.Wholes(1)) with { Rank = 2 };
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
