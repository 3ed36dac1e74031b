using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Tensors.Gradients;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Transfer;

public class TransferTests
{
    private static readonly Mlp Small = new() { Epochs = 4, Layers = 2, Width = 12, Dropout = 0, LearningRate = 5e-3, EarlyStoppingEpochs = 0 };

    private static FitContext Context => new() { Seed = 2, Threads = 1, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void A_network_that_begins_from_a_PyTorch_state_dict_predicts_what_PyTorch_does()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "ModelFiles", "Fixtures");
        JsonNode peer = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "torch_state.json")))!;
        double[] x = Numbers(peer["x"]), y = Numbers(peer["y"]);
        var rows = new Frame(Enumerable.Range(0, 4).Select(column => new Float64Column($"x{column}", [.. Enumerable.Range(0, 40).Select(row => x[row * 4 + column])])));
        var table = new TrainingTable(rows, new ClassTarget("kind", [.. Enumerable.Range(0, 40).Select(row => row % 3)], ["a", "b", "c"]));
        var recipe = new Mlp { Layers = 1, Width = 8, Dropout = 0, Epochs = 1, LearningRate = 1e-9, WeightDecay = 0, EarlyStoppingEpochs = 0 };

        NetworkModel model = recipe.From(NetworkWeights.Read(Path.Combine(folder, "torch_state.safetensors"))).Fit(table, Context);

        double[] scores = model.Predict(rows).RawScores;
        scores.Zip(y, (ours, theirs) => Math.Abs(ours - theirs)).Max().ShouldBeLessThan(1e-5);
        model.Notes.ShouldContain(note => note.Contains("4 of 4 parameters", StringComparison.Ordinal));
        model.Notes.ShouldContain(note => note.Contains("conv.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_go_out_and_come_back_the_same()
    {
        NetworkModel model = Small.Fit(SampleTables.Mixed(LearningTask.MulticlassClassification), Context);
        using var file = new MemoryStream();
        NetworkWeights.Of(model).Write(file);
        file.Position = 0;

        Safetensors back = Safetensors.Read(file);

        foreach (Parameter<float> parameter in model.Network.State)
        {
            back.TryGet(parameter.Name)!.ToSingles().ShouldBe(parameter.Values.ToArray(), parameter.Name);
        }

        back.Metadata["strata_algorithm"].ShouldBe("mlp");
    }

    [Theory]
    [InlineData(5, 3, 7)]
    [InlineData(2, 4, 6, 3)]
    public void Kernels_of_convolutions_have_their_channels_second_in_PyTorch(params int[] lengths)
    {
        var shape = new Shape(lengths);
        float[] own = [.. Enumerable.Range(0, shape.Count).Select(i => (float)i)];

        float[] theirs = TorchLayout.ToTorch(own, shape);

        int channels = lengths[^1], taps = shape.Count / lengths[0] / channels;
        TorchLayout.ShapeOf(shape).ShouldBe([lengths[0], channels, .. lengths[1..^1]]);
        theirs[(1 * channels + 2) * taps + 1].ShouldBe(own[(1 * taps + 1) * channels + 2]);
        TorchLayout.FromTorch(theirs, shape).ShouldBe(own);
    }

    [Fact]
    public void A_head_for_other_classes_begins_new_and_the_report_says_so()
    {
        Safetensors weights = NetworkWeights.Of(Small.Fit(SampleTables.Numbers(LearningTask.MulticlassClassification), Context));

        NetworkModel model = Small.From(weights).Fit(SampleTables.Numbers(LearningTask.BinaryClassification), Context);

        model.Notes.ShouldContain("4 of 6 parameters begin from the given weights.");
        model.Notes.ShouldContain(note => note.Contains("another shape", StringComparison.Ordinal) && note.Contains("head.weight", StringComparison.Ordinal) && note.Contains("head.bias", StringComparison.Ordinal));
    }

    [Fact]
    public void A_category_with_other_levels_begins_new()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        Safetensors weights = NetworkWeights.Of(Small.Fit(table, Context));
        var colour = (CategoryColumn)table.Features["colour"];
        TrainingTable other = table.WithFeatures(table.Features.With(new CategoryColumn("colour", colour.Codes, ["black", "green", "red", "yellow"])));

        Small.From(weights).Fit(other, Context).Notes.ShouldContain(note => note.Contains("other levels", StringComparison.Ordinal) && note.Contains("categories.0.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void Frozen_layers_stay_bit_for_bit_as_they_were_given()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        NetworkModel first = Small.Fit(table, Context);

        NetworkModel tuned = (Small with { Freeze = "hidden.*" }).From(NetworkWeights.Of(first)).Fit(table, Context with { Seed = 9 });

        foreach ((Parameter<float> before, Parameter<float> after) in first.Network.Parameters.Zip(tuned.Network.Parameters))
        {
            bool isSame = before.Values.SequenceEqual(after.Values);
            isSame.ShouldBe(before.Name.StartsWith("hidden.", StringComparison.Ordinal), before.Name);
        }
    }

    [Fact]
    public void A_frozen_normalisation_keeps_its_running_means()
    {
        Mlp normalised = Small with { Normalization = Normalization.Batch };
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        NetworkModel first = normalised.Fit(table, Context);

        NetworkModel tuned = (normalised with { Freeze = "norm.*,hidden" }).From(NetworkWeights.Of(first)).Fit(table, Context with { Seed = 9 });

        foreach ((Parameter<float> before, Parameter<float> after) in first.Network.Memories.Zip(tuned.Network.Memories))
        {
            after.Values.ToArray().ShouldBe(before.Values.ToArray(), before.Name);
        }
    }

    [Fact]
    public void Layers_thaw_one_after_the_other_from_the_head_on()
    {
        (TransferStart start, Network network) = Started(Small with { Layers = 3, ThawEvery = 2 });
        string[] FrozenIn(int epoch)
        {
            start.BeginEpoch(network, epoch);
            return [.. network.Parameters.Where(parameter => parameter.IsFrozen && parameter.Name.EndsWith("weight", StringComparison.Ordinal)).Select(parameter => parameter.Name)];
        }

        FrozenIn(0).ShouldBe(["hidden.0.weight", "hidden.1.weight", "hidden.2.weight"]);
        FrozenIn(1).Length.ShouldBe(3);
        FrozenIn(2).ShouldBe(["hidden.0.weight", "hidden.1.weight"]);
        FrozenIn(5).ShouldBe(["hidden.0.weight"]);
        FrozenIn(6).ShouldBeEmpty();
        FrozenIn(100).ShouldBeEmpty();
        network.Dispose();
    }

    [Fact]
    public void Layers_near_the_inputs_move_less()
    {
        (TransferStart start, Network network) = Started(Small with { LayerRateDecay = 0.5 });

        IReadOnlyList<ParameterGroup> groups = start.Groups(network, 0.1);

        double RateOf(string name) => groups.Single(group => group.Parameters.Any(parameter => parameter.Name == name)).RateFactor;
        RateOf("head.weight").ShouldBe(1);
        RateOf("hidden.1.weight").ShouldBe(0.5);
        RateOf("hidden.0.bias").ShouldBe(0.25);
        groups.Sum(group => group.Parameters.Count).ShouldBe(network.Parameters.Count);
        network.Dispose();
    }

    [Theory]
    [InlineData("body.*", "No layer of the network is called 'body.*'")]
    [InlineData("*", "holds every layer")]
    public void Freezing_what_cannot_be_frozen_is_refused(string freeze, string reason) =>
        Should.Throw<DataException>(() => (Small with { Freeze = freeze }).Fit(SampleTables.Numbers(LearningTask.Regression), Context)).Message.ShouldContain(reason);

    [Fact]
    public void Weights_of_another_network_are_refused_with_both_sides_names()
    {
        var strange = new Safetensors([SafeTensor.Of("body.1.weight", [1, 2], 1, 2)]);

        string message = Should.Throw<DataException>(() => Small.From(strange).Fit(SampleTables.Numbers(LearningTask.Regression), Context)).Message;

        message.ShouldContain("body.1.weight");
        message.ShouldContain("hidden.0.weight");
    }

    [Fact]
    public void Few_rows_learn_more_from_weights_of_a_like_question_than_from_chance_and_the_outcome_says_how_much()
    {
        TrainingTable many = SampleTables.Numbers(LearningTask.Regression, rows: 2000, columns: 20, seed: 4), few = SampleTables.Numbers(LearningTask.Regression, rows: 60, columns: 20, seed: 5);
        Safetensors weights = NetworkWeights.Of((Small with { Epochs = 40 }).Fit(many, Context));
        var plan = new TrainingPlan
        {
            Target = "outcome",
            Algorithm = "mlp",
            TestSize = 0.5,
            Task = TargetKind.Regression,
            Hyperparameters = new Dictionary<string, JsonNode?> { ["epochs"] = 10, ["layers"] = 2, ["width"] = 12, ["dropout"] = 0, ["early_stopping_epochs"] = 0 },
        };
        Frame table = few.Features.With(new Float64Column("outcome", ((NumberTarget)few.Target).Values));

        TrainingOutcome outcome = Training.Run(plan, table, Context, withImportance: false, start: new InitialWeights(weights, IsComparedWithChance: true));

        outcome.Transfer.ShouldNotBeNull().Gain.ShouldBeGreaterThan(0);
        outcome.Transfer.FromWeights.ShouldBe(outcome.Evaluation.Metrics[outcome.Transfer.Metric], 1e-12);
        Should.Throw<DataException>(() => Training.Run(plan with { Algorithm = "ridge", Hyperparameters = new Dictionary<string, JsonNode?>() }, table, Context, start: new InitialWeights(weights))).Message.ShouldContain("ridge");
    }

    private static (TransferStart Start, Network Network) Started(Mlp recipe)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        Network network = recipe.Build(InputEncoding.Of(recipe.Inputs, table, Context), 1, new RandomSource(1));
        TransferStart start = TransferStart.Of(recipe, table.Features.Schema).ShouldNotBeNull();
        start.Begin(network);
        return (start, network);
    }

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(value => (double)value!)];
}
