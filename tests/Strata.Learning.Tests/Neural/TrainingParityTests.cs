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

/// <summary>Trainings of 50 steps from the same weights on the same batches beside PyTorch's: Fixtures/training.json (see make_training.py beside it).</summary>
public sealed class TrainingParityTests
{
    private static readonly JsonNode Peer = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neural", "Fixtures", "training.json")))!;

    [Fact]
    public void A_convolutional_network_follows_PyTorchs_losses()
    {
        using var network = new Sequential(
            new Convolved2d("0", 2, 6, 3, Sliding.Same(3), null), new BatchNormalized("1", 6), new Activated(Activation.Relu), new Pooled(PoolKind.Max, 2, new Sliding(2)),
            new Convolved2d("4", 6, 10, 3, Sliding.Same(3), null), new Activated(Activation.Relu), new PooledSteps(PoolKind.Mean), new Dense("8", 10, 3, null));

        ShouldFollow("cnn", [.. network.Parameters], network.Apply);
    }

    [Fact]
    public void A_recurrent_network_follows_PyTorchs_losses()
    {
        using var layer = new Recurrent("layer", RecurrentCell.Lstm, 3, 12, null, depth: 2);
        using var head = new Dense("head", 12, 3, null);

        ShouldFollow("lstm", [.. layer.Parameters, .. head.Parameters], (x, pass) => head.Apply(layer.Last(layer.Apply(x, pass), []), pass));
    }

    [Fact]
    public void A_transformer_follows_PyTorchs_losses()
    {
        using var network = new Sequential(
            new Dense("embed", 3, 8, null), new TransformerEncoder("layer", 2, new TransformerSettings(8, 2, 16) { Activation = Activation.Gelu, NormalizesFirst = true }, null),
            new PooledSteps(PoolKind.Mean), new Dense("head", 8, 3, null));

        ShouldFollow("transformer", [.. network.Parameters], network.Apply);
    }

    private static void ShouldFollow(string name, Parameter<float>[] parameters, Func<Variable<float>, Pass, Variable<float>> apply)
    {
        using var team = new ThreadTeam(2);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        float[][] starts = Of<float[][]>(name, "parameters");
        parameters.Length.ShouldBe(starts.Length);
        foreach ((Parameter<float> parameter, float[] start) in parameters.Zip(starts))
        {
            start.CopyTo(parameter.Values);
        }

        var shape = new Shape(Of<int[]>(name, "shape"));
        float[] rows = Of<float[]>(name, "rows");
        int[] codes = Of<int[]>(name, "codes");
        Optimizer optimizer = OptimizerKind.AdamW.Of([new ParameterGroup(parameters, WeightDecay: 0.01)], team);
        double[] losses = Of<double[]>(name, "losses");
        losses.Length.ShouldBe(50);
        for (int step = 0; step < losses.Length; step++)
        {
            int batch = step % (codes.Length / shape[0]);
            tape.Reset();
            Variable<float> x = tape.Constant(rows.AsSpan(batch * shape.Count, shape.Count), shape), loss = tape.CrossEntropy(apply(x, new Pass(tape, new RandomSource(1))), codes.AsSpan(batch * shape[0], shape[0]));
            tape.Backward(loss);
            optimizer.Step(3e-3, new GradientLimits(Norm: 1, Value: 0));

            ((double)loss.Values[0]).ShouldBe(losses[step], 1e-3, $"step {step}");
        }

        losses[^1].ShouldBeLessThan(losses[0] - 0.1);
    }

    private static T Of<T>(params string[] path) => path.Aggregate(Peer, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;
}
