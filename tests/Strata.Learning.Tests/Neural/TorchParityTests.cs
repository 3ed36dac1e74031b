using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Neural;

/// <summary>Layers, losses, optimizers, schedules and a short training beside PyTorch: Fixtures/networks.json (see make_networks.py beside it).</summary>
public sealed class TorchParityTests : IDisposable
{
    private const float Tolerance = 1e-4f;

    private static readonly JsonNode Peer = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neural", "Fixtures", "networks.json")))!;

    private readonly ThreadTeam team = new(2);
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;

    public TorchParityTests()
    {
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
    }

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("layer_norm")]
    [InlineData("batch_norm")]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("elu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    public void A_layer_gives_what_PyTorch_gives_and_the_same_gradients(string name)
    {
        float[] x = Of<float[]>("layers", name, "x"), weights = Of<float[]>("layers", name, "weights");
        int rows = Of<int>("layers", name, "rows");
        using Layer layer = Made(name, x.Length / rows, weights.Length / rows);
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            Of<float[]>("layers", name, "parameters", Short(parameter)).CopyTo(parameter.Values);
        }

        Variable<float> input = tape.Constant(x, new Shape(rows, x.Length / rows), needsGradient: true), result = layer.Apply(input, new Pass(tape, new RandomSource(1)));
        tape.Backward(tape.Sum(result * tape.Constant(weights, result.Shape)));

        ShouldBeNear(result.Values, Of<float[]>("layers", name, "y"), "values");
        ShouldBeNear(input.Gradient, Of<float[]>("layers", name, "dx"), "gradient of the input");
        foreach (Parameter<float> parameter in layer.Parameters)
        {
            ShouldBeNear(parameter.Gradient, Of<float[]>("layers", name, "gradients", Short(parameter)), $"gradient of {parameter.Name}");
        }

        foreach (Parameter<float> memory in layer.Memories)
        {
            ShouldBeNear(memory.Values, Of<float[]>("layers", name, Short(memory)), memory.Name);
        }
    }

    [Theory]
    [InlineData("cross_entropy", 0)]
    [InlineData("weighted", 0)]
    [InlineData("smoothed", 0.2)]
    public void Cross_entropy_is_that_of_PyTorch(string name, double smoothing)
    {
        int[] codes = Of<int[]>("codes");
        float[] ofClass = Of<float[]>("class_weights"), weights = name == "weighted" ? [.. codes.Select(code => ofClass[code])] : [];

        ShouldBeTheLoss(name, scores => tape.CrossEntropy(scores, codes, weights, smoothing), width: 3);
    }

    [Theory]
    [InlineData("logistic", PointLoss.Logistic, "shares")]
    [InlineData("squared_error", PointLoss.SquaredError, "targets")]
    [InlineData("absolute_error", PointLoss.AbsoluteError, "targets")]
    [InlineData("huber", PointLoss.Huber, "targets")]
    [InlineData("poisson", PointLoss.Poisson, "shares")]
    public void Losses_of_numbers_are_those_of_PyTorch(string name, PointLoss loss, string targets) =>
        ShouldBeTheLoss(name, scores => tape.Loss(scores, Of<float[]>(targets), loss, setting: 0.7), width: 1);

    [Theory]
    [InlineData("adam_w", OptimizerKind.AdamW)]
    [InlineData("adam", OptimizerKind.Adam)]
    [InlineData("n_adam", OptimizerKind.NAdam)]
    [InlineData("sgd", OptimizerKind.Sgd)]
    [InlineData("rms_prop", OptimizerKind.RmsProp)]
    [InlineData("lion", OptimizerKind.Lion)]
    public void An_optimizer_takes_the_path_of_PyTorchs(string name, OptimizerKind kind)
    {
        float[] hessian = Of<float[]>("hessian");
        using var parameter = new Parameter<float>("w", new Shape(7, 1));
        Of<float[]>("start").CopyTo(parameter.Values);
        Optimizer optimizer = kind.Of([new ParameterGroup([parameter], WeightDecay: 0.05)]);
        foreach (float[] expected in Of<float[][]>("optimizers", name))
        {
            for (int i = 0; i < 7; i++)
            {
                for (int j = 0; j < 7; j++)
                {
                    parameter.Gradient[i] += hessian[i * 7 + j] * parameter.Values[j];
                }
            }

            optimizer.Step(0.02);

            ShouldBeNear(parameter.Values, expected, $"step {optimizer.Steps}");
        }
    }

    [Theory]
    [InlineData("cosine", RateSchedule.Cosine)]
    [InlineData("steps", RateSchedule.Steps)]
    [InlineData("one_cycle", RateSchedule.OneCycle)]
    public void A_schedule_goes_as_PyTorchs(string name, RateSchedule schedule)
    {
        double[] factors = Of<double[]>("schedules", name);

        Enumerable.Range(0, factors.Length).Select(step => schedule.Factor(step, factors.Length)).ShouldBe(factors, 1e-9);
    }

    [Fact]
    public void A_training_from_the_same_weights_on_the_same_batches_follows_PyTorchs_losses()
    {
        Layer[] layers = [new Dense("0", 6, 16, null), new Activated(Activation.Relu), new Dense("1", 16, 8, null), new Activated(Activation.Relu), new Dense("2", 8, 3, null)];
        using var network = new Sequential(layers);
        foreach ((Parameter<float> parameter, float[] values) in network.Parameters.Zip(Of<float[][]>("training", "parameters")))
        {
            values.CopyTo(parameter.Values);
        }

        float[] rows = Of<float[]>("training", "rows");
        int[] codes = Of<int[]>("training", "codes");
        Optimizer optimizer = OptimizerKind.Adam.Of([new ParameterGroup([.. network.Parameters])]);
        double[] expected = Of<double[]>("training", "losses");
        for (int step = 0; step < expected.Length; step++)
        {
            int from = step % 5 * 32;
            tape.Reset();
            Variable<float> loss = tape.CrossEntropy(network.Apply(tape.Constant(rows.AsSpan(from * 6, 32 * 6), new Shape(32, 6)), new Pass(tape, new RandomSource(1))), codes.AsSpan(from, 32));
            tape.Backward(loss);
            optimizer.Step(0.01);
            ((double)loss.Values[0]).ShouldBe(expected[step], 1e-3, $"step {step}");
        }
    }

    private static Layer Made(string name, int width, int outputs) => name switch
    {
        "dense" => new Dense("dense", width, outputs, null),
        "layer_norm" => new LayerNormalized("norm", width),
        "batch_norm" => new BatchNormalized("norm", width),
        _ => new Activated(Enum.Parse<Activation>(name.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true)),
    };

    private static string Short(Parameter<float> parameter) => parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..];

    private static void ShouldBeNear(ReadOnlySpan<float> actual, float[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], Tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, element {i}");
        }
    }

    private void ShouldBeTheLoss(string name, Func<Variable<float>, Variable<float>> loss, int width)
    {
        float[] scores = Of<float[]>("losses", name, "scores");
        Variable<float> given = tape.Constant(scores, width == 1 ? new Shape(scores.Length) : new Shape(scores.Length / width, width), needsGradient: true), value = loss(given);
        tape.Backward(value);

        value.Values[0].ShouldBe(Of<float>("losses", name, "value"), Tolerance);
        ShouldBeNear(given.Gradient, Of<float[]>("losses", name, "gradient"), "gradient");
    }

    private static T Of<T>(params string[] path) => path.Aggregate(Peer, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;
}
