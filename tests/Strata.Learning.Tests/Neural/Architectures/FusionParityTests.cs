using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

/// <summary>What joins modalities beside the same made of PyTorch's layers: Fixtures/fusion.json (see make_fusion.py beside it).</summary>
public sealed class FusionParityTests
{
    private static readonly JsonNode Peer = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neural", "Architectures", "Fixtures", "fusion.json")))!;

    [Theory]
    [InlineData("gated")]
    [InlineData("attended")]
    public void Joined_parts_and_their_gradients_are_those_of_PyTorch(string name)
    {
        int[] widths = Peer["widths"].Deserialize<int[]>()!;
        int width = (int)Peer["width"]!, rows = (int)Peer["rows"]!;
        JsonNode own = Peer[name]!;
        using Layer layer = name == "gated" ? new GatedParts("parts", widths, width, random: null) : new AttendedParts("parts", widths, width, (int)Peer["heads"]!, random: null);
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            own["parameters"]![Short(parameter)].Deserialize<float[]>()!.CopyTo(parameter.Values);
        }

        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        float[] x = own["x"].Deserialize<float[]>()!, weights = own["weights"].Deserialize<float[]>()!;
        Variable<float> input = tape.Constant(x, new Shape(rows, x.Length / rows), needsGradient: true), result = layer.Apply(input, new Pass(tape, new RandomSource(1)));
        tape.Backward(tape.Sum(result * tape.Constant(weights, result.Shape)));

        ShouldBeNear(result.Values, own["y"]!, "values");
        ShouldBeNear(input.Gradient, own["dx"]!, "gradient of the input");
        own["parameters"]!.AsObject().Count.ShouldBe(layer.Parameters.Count());
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            ShouldBeNear(parameter.Gradient, own["gradients"]![Short(parameter)]!, $"gradient of {parameter.Name}");
        }
    }

    private static string Short(Parameter<float> parameter) => parameter.Name["parts.".Length..];

    private static void ShouldBeNear(ReadOnlySpan<float> actual, JsonNode expected, string what)
    {
        float[] values = expected.Deserialize<float[]>()!;
        actual.Length.ShouldBe(values.Length, what);
        for (int i = 0; i < values.Length; i++)
        {
            actual[i].ShouldBe(values[i], 1e-4f * Math.Max(1, Math.Abs(values[i])), $"{what}, element {i}");
        }
    }
}
