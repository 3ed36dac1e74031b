using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Validation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class ArrayNetworkTests
{
    private static readonly FitContext Context = new() { Seed = 5, Threads = 2 };
    private static readonly PooledSeries Quick = new() { Epochs = 30, LearningRate = 2e-2 };

    [Fact]
    public void Two_columns_of_series_are_two_views_that_a_network_joins()
    {
        TrainingTable table = TwoViews(500, seed: 1), test = TwoViews(300, seed: 2);

        NetworkModel model = Quick.Fit(table, Context);

        model.Modalities.ShouldBe(["local", "global"]);
        Accuracy(model.Predict(test.Features), test).ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [InlineData(null, 128, 1)]
    [InlineData(3, 20, 3)]
    [InlineData(3, 0, 0)]
    public void Behind_the_columns_are_as_many_hidden_layers_as_are_asked_for(int? layers, int width, int expected)
    {
        NetworkModel model = (Quick with { Epochs = 1, JoinedLayers = layers, JoinedWidth = width, JoinedDropout = 0.2 }).Fit(TwoViews(60, seed: 1), Context);

        string[] hidden = [.. model.Network.Parameters.Select(parameter => parameter.Name).Where(name => name.StartsWith("joined", StringComparison.Ordinal) && name.EndsWith(".weight", StringComparison.Ordinal))];
        hidden.Length.ShouldBe(expected);
    }

    [Fact]
    public void Without_a_modality_that_matters_a_network_is_worse_by_ablation()
    {
        TrainingTable table = TwoViews(500, seed: 1), test = TwoViews(300, seed: 2);

        IReadOnlyList<ModalityAblation> ablation = ModalityAblation.Of(Quick.Fit(table, Context), test, Context, Metric.Named("accuracy", LearningTask.BinaryClassification));

        ablation.Select(one => one.Modality).ShouldBe(["local", "global"]);
        ablation.ShouldAllBe(one => one.With > 0.9 && one.Without < 0.75);
    }

    [Fact]
    public void A_wide_table_is_learned_as_the_same_column_of_series_is()
    {
        var random = new RandomSource(1);
        float[][] cells = [.. Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, 7).Select(_ => (float)random.NextGaussian()).ToArray())];
        var target = new ClassTarget("up", [.. cells.Select(cell => cell.Sum() > 0 ? 1 : 0)], ["no", "yes"]);
        var wide = new Frame(Enumerable.Range(0, 7).Select(step => new Float32Column($"t{step}", [.. cells.Select(cell => cell[step])])));
        var series = new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, cells));

        NetworkModel ofWide = Quick.Fit(new TrainingTable(wide, target), Context), ofSeries = Quick.Fit(new TrainingTable(series, target), Context);

        ofWide.ReadsWideTable.ShouldBeTrue();
        ofWide.Predict(wide).Values.ShouldBe(ofSeries.Predict(series).Values);
    }

    [Fact]
    public void Rows_that_end_early_are_predicted_as_they_are_alone()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.Regression, shortest: 3, longest: 30);
        NetworkModel model = Quick.Fit(table, Context);

        double[] together = model.Predict(table.Features).Values;

        for (int row = 0; row < 50; row++)
        {
            model.Predict(table.Features.Take([row])).Values[0].ShouldBe(together[row], 1e-4 * Math.Max(1, Math.Abs(together[row])));
        }
    }

    [Fact]
    public void A_batch_beyond_the_memory_of_a_step_is_learned_in_parts_with_the_same_result()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.Regression, rows: 64, shortest: 9000, longest: 9000);
        var recipe = new PooledSeries { Epochs = 3, LearningRate = 1e-2, BatchSize = 64 };
        table = table.WithFeatures(table.Features.Select(["motion"]));

        double[] whole = recipe.Fit(table, Context).Predict(table.Features).Values, inParts = (recipe with { StepMegabytes = 16 }).Fit(table, Context).Predict(table.Features).Values;

        whole.Zip(inParts, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(1e-3);
        inParts.ShouldNotBe(whole, "it went in parts");
    }

    [Fact]
    public void A_resumed_training_gives_the_same_bits_as_one_that_was_not_interrupted()
    {
        TrainingTable table = SampleArrays.Points(LearningTask.BinaryClassification);
        var recipe = new PooledPoints { Epochs = 8, Points = 24 };
        byte[] whole = FileOf(recipe.Fit(table, Context));
        var store = new Store();
        using var cancellation = new CancellationTokenSource();
        FitContext saving = Context with { Checkpoints = store, CheckpointEvery = TimeSpan.Zero };

        Should.Throw<OperationCanceledException>(() => recipe.Fit(table, saving with { Cancellation = cancellation.Token, Progress = new Each(report => (report.Step == 3 ? cancellation : null)?.Cancel()) }));
        var steps = new List<int>();
        NetworkModel resumed = recipe.Fit(table, saving with { Threads = 1, Progress = new Each(report => steps.Add(report.Step)) });

        steps[0].ShouldBe(4);
        FileOf(resumed).ShouldBe(whole);
    }

    [Fact]
    public void Steps_allocate_nothing_once_the_first_epoch_is_over()
    {
        TrainingTable table = SampleArrays.Mixed(LearningTask.Regression, rows: 256);
        table = table.WithFeatures(table.Features.Select(["motion", "mass", "side"]));
        long OfLastEpoch(int batchSize)
        {
            var allocated = new List<long>();
            var recipe = new PooledSeries { Epochs = 6, BatchSize = batchSize, EarlyStoppingEpochs = 0 };
            recipe.Fit(table, Context with { Threads = 1, Progress = new Each(_ => allocated.Add(GC.GetAllocatedBytesForCurrentThread())) });
            return allocated[^1] - allocated[^2];
        }

        // What an epoch allocates to order its rows and to report does not depend on how many steps it has.
        Math.Abs(OfLastEpoch(batchSize: 4) - OfLastEpoch(batchSize: 128)).ShouldBeLessThan(200);
    }

    [Fact]
    public void Arrays_go_through_cross_validation()
    {
        CrossValidation folds = CrossValidation.Run(Quick with { Epochs = 5 }, SampleArrays.Series(LearningTask.MulticlassClassification, rows: 120), 3, Context);

        folds.Metrics["accuracy"].Mean.ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void A_modality_that_there_is_not_is_named() =>
        Should.Throw<DataException>(() => Quick.Fit(TwoViews(60, 1), Context).PredictWithout("sound", TwoViews(5, 1).Features, Context)).Message.ShouldBe("There is no modality 'sound' in this network; it joins local, global.");

    /// <summary>The class is whether the levels of both series are on the same side.</summary>
    private static TrainingTable TwoViews(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        float[][] View() => [.. Enumerable.Range(0, rows).Select(_ => (Level: random.NextGaussian(), Steps: 5 + random.NextInt(4))).Select(row => Enumerable.Range(0, row.Steps).Select(_ => (float)(row.Level + 0.1 * random.NextGaussian())).ToArray())];
        float[][] local = View(), global = View();
        return new TrainingTable(
            new Frame(new ArrayColumn("local", ColumnType.Series, ArrayColumn.OneChannel, local), new ArrayColumn("global", ColumnType.Series, ArrayColumn.OneChannel, global)),
            new ClassTarget("same", [.. local.Zip(global, (one, other) => one.Average() * other.Average() > 0 ? 1 : 0)], ["no", "yes"]));
    }

    private static double Accuracy(Predictions predictions, TrainingTable test) => ((ClassTarget)test.Target).Codes.Index().Average(row => predictions.ClassCode(row.Index) == row.Item ? 1.0 : 0);

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
