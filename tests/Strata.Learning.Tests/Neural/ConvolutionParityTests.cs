using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Neural;

/// <summary>Convolutions, poolings and normalisations beside PyTorch: Fixtures/convolutions.json (see make_convolutions.py beside it).</summary>
public sealed class ConvolutionParityTests
{
    private const float Tolerance = 1e-4f;

    private static readonly JsonNode Peer = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neural", "Fixtures", "convolutions.json")))!;

    private static readonly Dictionary<string, Func<Layer>> Layers = new()
    {
        ["convolution_1d"] = () => new Convolved1d("layer", 5, 18, 3, Sliding.Same(3), null),
        ["weight_norm_1d"] = () => new Convolved1d("layer", 5, 18, 3, Sliding.Same(3, dilation: 2), null, hasLengths: true),
        ["strided_1d"] = () => new Convolved1d("layer", 3, 7, 4, new Sliding(3, 2, 2, 2), null),
        ["convolution_2d"] = () => new Convolved2d("layer", 5, 18, 3, Sliding.Same(3), null),
        ["strided_2d"] = () => new Convolved2d("layer", 4, 33, 3, new Sliding(2, 1, 1, 1), null, hasBias: false),
        ["dilated_2d"] = () => new Convolved2d("layer", 3, 6, 3, Sliding.Same(3, dilation: 2), null),
        ["grouped_2d"] = () => new Convolved2d("layer", 6, 9, 3, Sliding.Same(3), null, groups: 3),
        ["depthwise_2d"] = () => new Convolved2d("layer", 18, 18, 3, Sliding.Same(3), null, groups: 18),
        ["pointwise_2d"] = () => new Convolved2d("layer", 6, 20, 1, default, null),
        ["transposed_1d"] = () => new TransposeConvolved("layer", 1, 4, 6, 3, new Sliding(2, 1, 1, 1), null, further: 1),
        ["transposed_2d"] = () => new TransposeConvolved("layer", 2, 4, 6, 3, new Sliding(2, 1, 1, 1), null, groups: 2),
        ["max_1d"] = () => new Pooled(PoolKind.Max, 3, new Sliding(2, 1, 1, 1)),
        ["max_2d"] = () => new Pooled(PoolKind.Max, 2, new Sliding(2)),
        ["mean_1d"] = () => new Pooled(PoolKind.Mean, 3, Sliding.Same(3)),
        ["mean_2d"] = () => new Pooled(PoolKind.Mean, 3, new Sliding(2, 1, 1, 1)),
        ["global_max"] = () => new PooledSteps(PoolKind.Max),
        ["global_mean"] = () => new PooledSteps(PoolKind.Mean),
        ["halved"] = () => new HalvedSteps(5),
        ["time_parts"] = () => new TimeParts(4),
        ["more_parts_than_steps"] = () => new TimeParts(5),
        ["upsampled"] = () => new Upsampled(2),
        ["group_norm"] = () => new GroupNormalized("layer", 12, 3),
        ["instance_norm"] = () => new GroupNormalized("layer", 5, 5),
        ["rms_norm"] = () => new RmsNormalized("layer", 18),
        ["batch_norm_2d"] = () => new BatchNormalized("layer", 20),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_what_PyTorch_gives_and_the_same_gradients(string name)
    {
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        using Layer layer = Layers[name]();
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            Of<float[]>(name, "parameters", Short(parameter)).CopyTo(parameter.Values);
        }

        Variable<float> input = tape.Constant(Of<float[]>(name, "x"), new Shape(Of<int[]>(name, "shape")), needsGradient: true), result = layer.Apply(input, new Pass(tape, new RandomSource(1)));
        result.Shape.ShouldBe(new Shape(Of<int[]>(name, "y_shape")));
        tape.Backward(tape.Sum(result * tape.Constant(Of<float[]>(name, "weights"), result.Shape)));

        ShouldBeNear(result.Values, Of<float[]>(name, "y"), "values");
        ShouldBeNear(input.Gradient, Of<float[]>(name, "dx"), "gradient of the input");
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            ShouldBeNear(parameter.Gradient, Of<float[]>(name, "gradients", Short(parameter)), $"gradient of {parameter.Name}");
        }

        foreach (Parameter<float> memory in layer.Memories)
        {
            ShouldBeNear(memory.Values, Of<float[]>(name, "memories", Short(memory)), memory.Name);
        }
    }

    private static string Short(Parameter<float> parameter) => parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..];

    private static void ShouldBeNear(ReadOnlySpan<float> actual, float[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], Tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, element {i}");
        }
    }

    private static T Of<T>(params string[] path) => path.Aggregate(Peer, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;
}
