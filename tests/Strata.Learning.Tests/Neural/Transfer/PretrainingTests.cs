using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Pretraining;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Transfer;

public class PretrainingTests
{
    private static readonly Mlp Network = new() { Epochs = 60, Layers = 2, Width = 32, Dropout = 0, LearningRate = 5e-3, EarlyStoppingEpochs = 0 };

    private static FitContext Context => new() { Seed = 2, Threads = 1, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void Hidden_columns_are_told_from_others_that_go_with_them()
    {
        PretrainedWeights pretrained = MaskedReconstruction.Run(Network, Related(600, 1).Features, Context);

        pretrained.ExplainedShare.ShouldBeInRange(0.25, 1);
        (pretrained.LearnedRows, pretrained.HeldRows).ShouldBe((540, 60));
    }

    [Fact]
    public void Columns_that_have_nothing_to_do_with_one_another_cannot_be_told() =>
        MaskedReconstruction.Run(Network with { Epochs = 10 }, SampleTables.Numbers(LearningTask.Regression, 400, 6).Features, Context).ExplainedShare.ShouldBeLessThan(0.05);

    [Fact]
    public void The_same_weights_come_from_any_number_of_threads()
    {
        Frame table = SampleTables.Mixed(LearningTask.Regression).Features;
        byte[] Weights(int threads)
        {
            using var file = new MemoryStream();
            MaskedReconstruction.Run(Network with { Epochs = 3 }, table, Context with { Threads = threads }).Weights.Write(file);
            return file.ToArray();
        }

        Weights(2).ShouldBe(Weights(1));
    }

    [Fact]
    public void Few_rows_with_a_target_learn_more_after_pretraining_on_many_without()
    {
        var settings = new Dictionary<string, JsonNode?> { ["epochs"] = 30, ["layers"] = 2, ["width"] = 32, ["dropout"] = 0, ["early_stopping_epochs"] = 0 };
        PretrainedWeights pretrained = MaskedReconstruction.Run(Network, Related(2000, 1).Features, Context);
        TrainingTable few = Related(400, 2);
        Frame table = few.Features.With(new Float64Column("outcome", ((NumberTarget)few.Target).Values));
        var plan = new TrainingPlan { Target = "outcome", Algorithm = "mlp", Task = TargetKind.Regression, TestSize = 0.9, Hyperparameters = settings };

        TrainingOutcome outcome = Training.Run(plan, table, Context, withImportance: false, start: new InitialWeights(pretrained.Weights, IsComparedWithChance: true));

        outcome.Transfer!.Gain.ShouldBeGreaterThan(0);
        outcome.Notes.ShouldContain(note => note.Contains("head.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_hidden_of_a_series_is_gone_from_the_batch_and_asked_for()
    {
        float[]?[] series = [.. Enumerable.Range(0, 30).Select(row => Enumerable.Range(0, 20 + row).Select(step => 1f + step + row).ToArray())];
        var frame = new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, series));
        var table = new TrainingTable(frame, new NoTarget(30));
        EncodedRows rows = InputEncoding.Of(new InputPlan { Series = Scaling.None }, table, Context).Encode(frame);
        var batch = new Batch(rows, 4);
        var masked = new MaskedBatch(rows, 4);
        batch.Fill(rows, [0, 5, 10, 29], random: null);

        masked.Hide(batch, 0.3, new RandomSource(1));

        masked.Width.ShouldBe(49);
        Span<float> values = batch.Arrays[0].Row(3);
        int gone = values.Count(0f);
        gone.ShouldBeInRange(5, 15);
        for (int place = 0; place < 49; place++)
        {
            // The longest series has a place a step.
            masked.Targets[3 * 49 + place].ShouldBe(30f + place, 1e-3f);
            masked.Weights[3 * 49 + place].ShouldBe(values[place] == 0 ? 1 : 0);
        }
    }

    [Fact]
    public void Gaps_are_never_asked_for()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        EncodedRows rows = InputEncoding.Of(new Mlp().Inputs, table, Context).Encode(table.Features);
        var batch = new Batch(rows, 300);
        var masked = new MaskedBatch(rows, 300);
        batch.Fill(rows, [.. Enumerable.Range(0, 300)], random: null);

        masked.Hide(batch, 0.9, new RandomSource(1));

        for (int row = 0; row < 300; row++)
        {
            if (table.Features["height"].IsMissing(row))
            {
                masked.Weights[row * masked.Width].ShouldBe(0);
            }
        }

        masked.Weights.ToArray().ShouldContain(1f);
    }

    [Fact]
    public void Weights_are_kept_in_a_folder_with_their_card()
    {
        string path = Path.Combine(Path.GetTempPath(), $"strata-weights-{Guid.NewGuid():N}");
        try
        {
            var folder = new WeightsFolder(path);
            var card = new WeightsCard
            {
                Name = "small",
                Algorithm = "mlp",
                TrainedOn = "numbers.csv",
                TrainedRows = 3,
                Licence = "CC0",
                Metrics = new Dictionary<string, double> { ["explained_share"] = 0.5 },
                Inputs = SampleTables.Numbers(LearningTask.Regression).Features.Schema,
            };
            folder.Cards().ShouldBeEmpty();

            folder.Add(card, new Safetensors([SafeTensor.Of("a.weight", [1f, 2f], 2)]));

            folder.Cards().ShouldHaveSingleItem().Licence.ShouldBe("CC0");
            folder.TryRead("small")!.TryGet("a.weight")!.ToSingles().ShouldBe([1f, 2f]);
            folder.TryRead("other").ShouldBeNull();
            Should.Throw<DataException>(() => folder.Add(card with { Name = "../escaped" }, new Safetensors([])));
            folder.TryRead("../small").ShouldBeNull();
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Columns that are all made of two hidden numbers and noise; the target is a curved function of the two.</summary>
    private static TrainingTable Related(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        var columns = new double[24][];
        double[][] hidden = [.. Enumerable.Range(0, rows).Select(_ => new[] { random.NextGaussian(), random.NextGaussian() })];
        var mixing = new RandomSource(77);
        for (int c = 0; c < columns.Length; c++)
        {
            (double a, double b) = (mixing.NextGaussian(), mixing.NextGaussian());
            columns[c] = [.. hidden.Select(pair => Math.Tanh(a * pair[0] + b * pair[1]) + 0.6 * random.NextGaussian())];
        }

        return new TrainingTable(new Frame(columns.Select((values, c) => new Float64Column($"x{c}", values))), new NumberTarget("outcome", [.. hidden.Select(pair => Math.Tanh(2 * pair[0]) + 0.3 * pair[1])]));
    }
}
