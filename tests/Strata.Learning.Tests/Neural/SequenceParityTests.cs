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
