using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural;

public sealed class NetworkTests
{
    private static readonly FitContext Context = new() { Seed = 5, Threads = 2 };

    [Fact]
    public void A_network_learns_what_no_sum_of_the_columns_can_tell()
    {
        TrainingTable table = Xor(600, seed: 1), test = Xor(400, seed: 2);

        Predictions predictions = new Mlp { Layers = 2, Width = 32, LearningRate = 1e-2, Epochs = 40 }.Fit(table, Context).Predict(test.Features);

        int[] codes = ((ClassTarget)test.Target).Codes;
        Enumerable.Range(0, test.RowCount).Count(row => predictions.ClassCode(row) == codes[row]).ShouldBeGreaterThan(380);
    }

    [Fact]
    public void A_training_stops_when_the_rows_kept_aside_say_so_and_keeps_the_best_epoch()
    {
        var losses = new List<double>();
        var recipe = new Mlp { Width = 64, LearningRate = 2e-2, Epochs = 200, EarlyStoppingEpochs = 5, Schedule = Strata.Learning.Neural.Optimizers.RateSchedule.Constant, Dropout = 0 };

        recipe.Fit(SampleTables.Mixed(LearningTask.BinaryClassification), Context with { Progress = new Each(report => losses.Add(report.Metrics["validation_log_loss"])) });

        losses.Count.ShouldBeLessThan(200);
        losses.IndexOf(losses.Min()).ShouldBe(losses.Count - 1 - 5);
    }

    [Theory]
    [InlineData(LearningTask.Regression)]
    [InlineData(LearningTask.MulticlassClassification)]
    public void A_resumed_training_gives_the_same_bits_as_one_that_was_not_interrupted(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        var recipe = new ResnetTabular { Width = 16, Blocks = 2, Epochs = 14, EarlyStoppingEpochs = 4, LearningRate = 1e-2 };
        byte[] whole = FileOf(recipe.Fit(table, Context));
        var store = new Store();
        using var cancellation = new CancellationTokenSource();
        var stopAfter = new Each(report =>
        {
            if (report.Step == 3)
            {
                cancellation.Cancel();
            }
        });
        FitContext saving = Context with { Checkpoints = store, CheckpointEvery = TimeSpan.Zero };

        Should.Throw<OperationCanceledException>(() => recipe.Fit(table, saving with { Cancellation = cancellation.Token, Progress = stopAfter }));
        var steps = new List<int>();
        NetworkModel resumed = recipe.Fit(table, saving with { Threads = 1, Progress = new Each(report => steps.Add(report.Step)) });

        steps[0].ShouldBe(4);
        FileOf(resumed).ShouldBe(whole);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_left_alone()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        var recipe = new Mlp { Width = 8, Epochs = 3 };
        var store = new Store();
        FitContext saving = Context with { Checkpoints = store, CheckpointEvery = TimeSpan.Zero };
        recipe.Fit(table, saving);
        var steps = new List<int>();

        (recipe with { Width = 9 }).Fit(table, saving with { Progress = new Each(report => steps.Add(report.Step)) });

        steps[0].ShouldBe(0);
    }

    [Fact]
    public void Text_is_refused_by_name() => Should.Throw<DataException>(() => new Mlp().Fit(new TrainingTable(
        new Frame(new TextColumn("remarks", ["a", "b"])), new NumberTarget("y", [1, 2])), Context)).Message.ShouldContain("'remarks' is text");

    [Fact]
    public void Targets_of_any_unit_are_learned_alike()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        var recipe = new Mlp { Width = 16, Epochs = 10 };
        double[] values = ((NumberTarget)table.Target).Values;
        var large = new TrainingTable(table.Features, new NumberTarget("y", [.. values.Select(value => 1e6 * value + 1e8)]));

        double[] one = recipe.Fit(table, Context).Predict(table.Features).Values, other = recipe.Fit(large, Context).Predict(table.Features).Values;

        for (int row = 0; row < one.Length; row++)
        {
            ((other[row] - 1e8) / 1e6).ShouldBe(one[row], 1e-3 * Math.Max(1, Math.Abs(one[row])));
        }
    }

    private static TrainingTable Xor(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())], b = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        return new TrainingTable(new Frame(new Float64Column("a", a), new Float64Column("b", b)), new ClassTarget("same", [.. a.Zip(b, (x, y) => x * y > 0 ? 1 : 0)], ["no", "yes"]));
    }

    private static byte[] FileOf(NetworkModel model)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    private sealed class Store : ICheckpointStore
    {
        private byte[]? state;

        public void Save(ReadOnlySpan<byte> saved) => state = saved.ToArray();

        public byte[]? Load() => state;
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
