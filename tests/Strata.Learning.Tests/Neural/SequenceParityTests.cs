using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Neural;

/// <summary>Recurrent layers and transformers beside PyTorch: Fixtures/sequences.json (see make_sequences.py beside it).</summary>
public sealed class SequenceParityTests : IDisposable
{
    private const float Tolerance = 1e-4f;

    private static readonly JsonNode Peer = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neural", "Fixtures", "sequences.json")))!;

    private readonly ThreadTeam team = new(2);
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;

    public SequenceParityTests()
    {
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
    }

    private Pass Pass => new(tape, new RandomSource(1));

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
    }

    [Theory]
    [InlineData("rnn", RecurrentCell.Tanh, 1, false)]
    [InlineData("rnn_relu", RecurrentCell.Relu, 1, false)]
    [InlineData("gru", RecurrentCell.Gru, 1, false)]
    [InlineData("gru_stacked", RecurrentCell.Gru, 2, true)]
    [InlineData("lstm", RecurrentCell.Lstm, 1, false)]
    [InlineData("lstm_reversible", RecurrentCell.Lstm, 1, true)]
    [InlineData("lstm_stacked", RecurrentCell.Lstm, 3, true)]
    public void A_recurrent_layer_gives_what_PyTorch_gives_and_the_same_gradients(string name, RecurrentCell cell, int depth, bool isBidirectional)
    {
        using var layer = new Recurrent("layer", cell, 3, 4, null, depth, isBidirectional);
        int[] lengths = Of<int[]>(name, "lengths");

        ShouldBeLikePyTorch(name, layer, x => layer.Apply(x, lengths, Pass), (_, y) => ShouldBeNear(layer.Last(y, lengths).Values, Of<float[]>(name, "last"), "last states"));
    }

    [Theory]
    [InlineData("attention", 2, false)]
    [InlineData("attention_causal", 4, true)]
    public void Attention_gives_what_PyTorch_gives_and_the_same_gradients(string name, int heads, bool isCausal)
    {
        using var layer = new MultiHeadAttention("layer", 8, heads, null);

        ShouldBeLikePyTorch(name, layer, x => layer.Apply(x, Of<int[]>(name, "lengths"), Pass, isCausal));
    }

    [Fact]
    public void Attention_to_another_series_gives_what_PyTorch_gives_and_the_same_gradients()
    {
        const string name = "attention_to_other";
        using var layer = new MultiHeadAttention("layer", 8, 2, null);

        ShouldBeLikePyTorch(name, layer, x => layer.Attend(tape.Constant(Of<float[]>(name, "queries"), new Shape(3, 3, 8)), x, Of<int[]>(name, "lengths"), Pass));
    }

    [Theory]
    [InlineData("block_post_relu", Activation.Relu, false)]
    [InlineData("block_post_gelu", Activation.Gelu, false)]
    [InlineData("block_pre_gelu", Activation.Gelu, true)]
    public void A_transformers_block_gives_what_PyTorch_gives_and_the_same_gradients(string name, Activation activation, bool normalizesFirst)
    {
        using var layer = new TransformerBlock("layer", new TransformerSettings(8, 2, 12) { Activation = activation, NormalizesFirst = normalizesFirst }, null);

        ShouldBeLikePyTorch(name, layer, x => layer.Apply(x, Of<int[]>(name, "lengths"), Pass));
    }

    [Fact]
    public void A_transformer_gives_what_PyTorch_gives_and_the_same_gradients()
    {
        using var layer = new TransformerEncoder("layer", 3, new TransformerSettings(8, 2, 12) { Activation = Activation.Gelu, NormalizesFirst = true }, null);

        ShouldBeLikePyTorch("encoder", layer, x => layer.Apply(x, Pass));
    }

    [Fact]
    public void An_embedding_gives_what_PyTorch_gives_and_the_same_gradients()
    {
        using var layer = new Embedding("layer", 7, 3, null);
        Parameter<float> weight = layer.Parameters.Single();
        Of<float[]>("embedding", "weight").CopyTo(weight.Values);
        float[] codes = [.. Of<int[][]>("embedding", "codes").SelectMany(row => row).Select(code => (float)code)];

        Variable<float> y = layer.Apply(tape.Constant(codes, new Shape(2, 3)), Pass);
        tape.Backward(tape.Sum(y * tape.Constant(Of<float[]>("embedding", "weights"), y.Shape)));

        y.Shape.ShouldBe(new Shape(2, 3, 3));
        ShouldBeNear(y.Values, Of<float[]>("embedding", "y"), "values");
        ShouldBeNear(weight.Gradient, Of<float[]>("embedding", "gradient"), "gradient");
    }

    [Fact]
    public void Places_are_told_by_waves_whatever_the_length()
    {
        using var layer = new PositionalEncoding(4);
        foreach (int steps in new[] { 3, 50, 2 })
        {
            ReadOnlySpan<float> y = layer.Apply(tape.Constant(new float[2 * steps * 4], new Shape(2, steps, 4)), Pass).Values;
            for (int step = 0; step < steps; step++)
            {
                y.Slice((steps + step) * 4, 4).ToArray().ShouldBe([(float)Math.Sin(step), (float)Math.Cos(step), (float)Math.Sin(step / 100.0), (float)Math.Cos(step / 100.0)], 1e-6);
            }
        }
    }

    private static T Of<T>(params string[] path) => path.Aggregate(Peer, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;

    private static string Short(Parameter<float> parameter) => parameter.Name[(parameter.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static void ShouldBeNear(ReadOnlySpan<float> actual, float[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], Tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, element {i}");
        }
    }

    /// <summary>Sets the parameters by name, and compares the result and all gradients.</summary>
    private void ShouldBeLikePyTorch(string name, Layer layer, Func<Variable<float>, Variable<float>> apply, Action<Variable<float>, Variable<float>>? further = null)
    {
        layer.Parameters.Select(Short).ShouldBe(Peer[name]!["parameters"]!.AsObject().Select(entry => entry.Key), ignoreOrder: true);
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            Of<float[]>(name, "parameters", Short(parameter)).CopyTo(parameter.Values);
        }

        Variable<float> x = tape.Constant(Of<float[]>(name, "x"), new Shape(Of<int[]>(name, "shape")), needsGradient: true), y = apply(x);
        tape.Backward(tape.Sum(y * tape.Constant(Of<float[]>(name, "weights"), y.Shape)));

        ShouldBeNear(y.Values, Of<float[]>(name, "y"), "values");
        ShouldBeNear(x.Gradient, Of<float[]>(name, "dx"), "gradient of the input");
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            ShouldBeNear(parameter.Gradient, Of<float[]>(name, "gradients", Short(parameter)), $"gradient of {parameter.Name}");
        }

        further?.Invoke(x, y);
    }
}
