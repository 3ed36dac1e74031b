using System.Text.Json.Nodes;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Learning.Onnx.Evaluation;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Onnx.Tests;

/// <summary>Layers that no architecture of the catalog uses by itself, each as a graph with what the layer makes of some numbers.</summary>
internal static class SampleLayers
{
    public static IReadOnlyDictionary<string, (Func<RandomSource, Layer> Layer, int[] Shape)> All { get; } = new Dictionary<string, (Func<RandomSource, Layer>, int[])>
    {
        ["transposed_convolution_of_series"] = (random => new TransposeConvolved("layer", 1, 4, 6, 3, new Sliding(2, 1, 1, 1), random, further: 1), [2, 5, 4]),
        ["transposed_convolution_of_images"] = (random => new TransposeConvolved("layer", 2, 4, 6, 3, new Sliding(2, 1, 1, 1), random, groups: 2), [2, 3, 4, 4]),
        ["upsampled_series"] = (_ => new Upsampled(3), [2, 4, 3]),
        ["upsampled_images"] = (_ => new Upsampled(2), [2, 3, 4, 3]),
        ["group_norm_of_series"] = (_ => new GroupNormalized("layer", 6, 3), [2, 7, 6]),
        ["group_norm_of_images"] = (_ => new GroupNormalized("layer", 6, 2), [2, 3, 4, 6]),
        ["rms_norm"] = (_ => new RmsNormalized("layer", 6), [2, 5, 6]),
        ["convolution_of_learned_lengths"] = (random => new Convolved1d("layer", 3, 5, 3, Sliding.Causal(3, 2), random, hasLengths: true), [2, 9, 3]),
    };

    /// <summary>The layer as an ONNX file, with a certificate as <c>check.mjs</c> reads it.</summary>
    public static (byte[] File, JsonObject Certificate, double OwnDifference) Export(string name)
    {
        (Func<RandomSource, Layer> make, int[] shape) = All[name];
        var random = new RandomSource(4);
        using Layer layer = make(random);
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            foreach (ref float value in parameter.Values)
            {
                value += (float)(0.3 * random.NextGaussian());
            }
        }

        using var backend = new ReferenceBackend<float>();
        using var tape = new Tape<float>(backend);
        float[] numbers = [.. Enumerable.Range(0, new Shape(shape).Count).Select(_ => (float)random.NextGaussian())];
        Variable<float> expected = layer.Apply(tape.Constant(numbers, new Shape(shape)), new Pass(tape, null));
        int[] outShape = expected.Shape.Lengths();
        OnnxTensor given = OnnxTensor.Of(OnnxElement.Float, shape, numbers.Select(number => (double)number)), told = OnnxTensor.Of(OnnxElement.Float, outShape, expected.Values.ToArray().Select(number => (double)number));
        var graph = new OnnxGraph();
        OnnxValue x = graph.Input("x", OnnxElement.Float, [.. shape.Select(length => (object)length)]);
        graph.Output("y", layer.Export(x), [.. outShape.Select(length => (object)length)]);
        OnnxTensor found = OnnxEvaluator.Run(graph, new Dictionary<string, OnnxTensor> { ["x"] = given })["y"];
        var certificate = new JsonObject { ["inputs"] = new JsonArray(Tensor("x", given)), ["expected"] = new JsonArray(Tensor("y", told)) };
        return (graph.ToBytes(name, new Dictionary<string, string>()), certificate, found.Numbers.Zip(told.Numbers, (a, b) => Math.Abs(a - b)).Max());
    }

    private static JsonObject Tensor(string name, OnnxTensor tensor) => new()
    {
        ["name"] = name,
        ["type"] = "float32",
        ["shape"] = new JsonArray([.. tensor.Shape.Select(length => (JsonNode?)length)]),
        ["values"] = new JsonArray([.. tensor.Numbers.Select(number => (JsonNode?)number)]),
    };
}
