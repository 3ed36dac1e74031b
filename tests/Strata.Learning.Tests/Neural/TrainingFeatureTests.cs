using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Training;
using Strata.Learning.Neural.Transfer;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural;

public sealed class TrainingFeatureTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 2 };

    private static readonly Mlp Small = new() { Layers = 1, Width = 16, Dropout = 0, Epochs = 40, LearningRate = 1e-2, EarlyStoppingEpochs = 0 };

    [Theory]
    [InlineData(NetworkLoss.AbsoluteError, null, 0.5)]
    [InlineData(NetworkLoss.Quantile, 0.9, 0.9)]
    [InlineData(NetworkLoss.Quantile, 0.2, 0.2)]
    [InlineData(NetworkLoss.SquaredError, null, 0.632)]
    [InlineData(NetworkLoss.GaussianNll, null, 0.632)]
    [InlineData(NetworkLoss.BetaNll, null, 0.632)]
    public void A_loss_of_numbers_predicts_its_own_middle(NetworkLoss loss, double? setting, double expectedShareBelow)
    {
        // Exponential noise: its mean lies above 63.2% of it, its median above half.
        var random = new RandomSource(8);
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => random.NextGaussian())], y = [.. x.Select(value => 2 * value - Math.Log(1 - random.NextDouble()))];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", y));

        double[] predicted = (Small with { Loss = loss, LossSetting = setting }).Fit(table, Context).Predict(table.Features).Values;

        (y.Zip(predicted).Count(pair => pair.First < pair.Second) / 2000.0).ShouldBe(expectedShareBelow, 0.05);
    }

    [Fact]
    public void Hubers_loss_and_the_absolute_error_bear_wild_targets_that_the_squared_error_follows()
    {
        var random = new RandomSource(9);
        double[] x = [.. Enumerable.Range(0, 600).Select(_ => random.NextGaussian())], y = [.. x.Select((value, row) => row % 20 == 0 ? 60 : value)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", y));
        double Error(NetworkLoss loss, double? setting = null) =>
            (Small with { Loss = loss, LossSetting = setting }).Fit(table, Context).Predict(table.Features).Values.Zip(x, (a, b) => Math.Abs(a - b)).Order().ElementAt(300);

        Error(NetworkLoss.Huber, 0.05).ShouldBeLessThan(0.8);
        Error(NetworkLoss.AbsoluteError).ShouldBeLessThan(0.8);
        Error(NetworkLoss.SquaredError).ShouldBeGreaterThan(1.5);
    }

    [Fact]
    public void A_loss_of_another_kind_of_target_is_refused_by_name()
    {
        Should.Throw<DataException>(() => (Small with { Loss = NetworkLoss.Huber }).Fit(SampleTables.Mixed(LearningTask.BinaryClassification), Context))
            .Message.ShouldContain("Loss huber is of numbers, but 'outcome' is a class; take cross_entropy or focal");
        Should.Throw<DataException>(() => (Small with { Loss = NetworkLoss.Focal }).Fit(SampleTables.Mixed(LearningTask.Regression), Context)).Message.ShouldContain("Loss focal is of classes");
        Should.Throw<DataException>(() => (Small with { Loss = NetworkLoss.Quantile, LossSetting = 2 }).Fit(SampleTables.Mixed(LearningTask.Regression), Context))
            .Message.ShouldContain("loss_setting is 2, but quantile takes a quantile between 0 and 1");
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    public void A_focal_loss_tells_classes_apart(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        int[] codes = ((ClassTarget)table.Target).Codes;

        Predictions predictions = (Small with { Loss = NetworkLoss.Focal }).Fit(table, Context).Predict(table.Features);

        Enumerable.Range(0, table.RowCount).Count(row => predictions.ClassCode(row) == codes[row]).ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Small_classes_count_as_much_as_large_ones_by_weights_or_by_balanced_batches()
    {
        var random = new RandomSource(1);
        double[] noise = [.. Enumerable.Range(0, 1000).Select(_ => random.NextGaussian())];
        var table = new TrainingTable(new Frame(new Float64Column("noise", noise)), new ClassTarget("rare", [.. noise.Select((_, row) => row % 10 == 0 ? 1 : 0)], ["no", "yes"]));
        double MeanProbability(Mlp recipe)
        {
            Predictions predictions = (recipe with { Epochs = 15, Layers = 1, Width = 2, WeightDecay = 0.1 }).Fit(table, Context).Predict(table.Features);
            return Enumerable.Range(0, 1000).Average(row => predictions.Probability(row, 1));
        }

        MeanProbability(Small).ShouldBe(0.1, 0.04);
        MeanProbability(Small with { ClassWeights = ClassWeighting.Balanced }).ShouldBe(0.5, 0.06);
        MeanProbability(Small with { BalancedBatches = true }).ShouldBe(0.5, 0.06);
        MeanProbability(Small with { ClassWeights = ClassWeights.Of(("yes", 9)) }).ShouldBe(0.5, 0.06);
        MeanProbability(Small with { ClassWeights = ClassWeights.Parse("yes=4.5|no=0.5") }).ShouldBe(0.5, 0.06);
    }

    [Fact]
    public void A_balanced_order_lets_classes_take_turns_and_uses_all_rows_of_the_small_ones()
    {
        int[] codes = [.. Enumerable.Range(0, 100).Select(row => row < 80 ? 0 : row < 95 ? 2 : 1)];

        int[] order = EpochOrder.Balanced(codes, new RandomSource(2));

        order.Length.ShouldBe(100);
        order.Index().ShouldAllBe(place => codes[place.Item] == place.Index % 3);
        order.Where(row => row >= 80).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public void Smoothed_labels_keep_probabilities_of_two_classes_from_the_ends()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? 1.0 : -1)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new ClassTarget("sign", [.. x.Select(value => value > 0 ? 1 : 0)], ["-", "+"]));

        Predictions predictions = (Small with { LabelSmoothing = 0.2 }).Fit(table, Context).Predict(table.Features);

        predictions.Probability(0, 1).ShouldBe(0.9, 0.02);
    }

    [Fact]
    public void A_mixed_batch_holds_shares_of_two_rows_and_whole_categories()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, rows: 8);
        InputEncoding encoding = InputEncoding.Of(Small.Inputs, table, Context);
        EncodedRows rows = encoding.Encode(table.Features);
        var batch = new Batch(rows, 8);
        int[] all = [.. Enumerable.Range(0, 8)];
        batch.Fill(rows, all, null);
        float[] before = batch.Table!.Numbers.ToArray();
        int[] codes = batch.Table.Codes(0).ToArray();
        var mixup = new Mixup(0.4, 8);

        double share = mixup.Mix(batch, new RandomSource(6));

        int[] partners = mixup.PartnersOf(all).ToArray();
        int width = before.Length / 8;
        share.ShouldBeInRange(0, 1);
        partners.Order().ShouldBe(all);
        for (int i = 0; i < before.Length; i++)
        {
            batch.Table.Numbers[i].ShouldBe((float)(share * before[i] + (1 - share) * before[partners[i / width] * width + i % width]), 1e-5f);
        }

        int[] mixed = batch.Table.Codes(0).ToArray();
        all.ShouldAllBe(row => mixed[row] == codes[row] || mixed[row] == codes[partners[row]]);
    }

    [Fact]
    public void A_network_trained_on_mixed_rows_is_less_sure_of_itself()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        double Sureness(double mixup)
        {
            Predictions predictions = (Small with { Mixup = mixup, Width = 64, Epochs = 80 }).Fit(table, Context).Predict(table.Features);
            return Enumerable.Range(0, table.RowCount).Average(row => predictions.Probability(row, predictions.ClassCode(row)));
        }

        Sureness(1).ShouldBeLessThan(Sureness(0) - 0.05);
    }

    [Fact]
    public void The_mean_of_the_weights_is_what_predicts()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        Mlp once = Small with { Epochs = 1, BatchSize = 300, Schedule = RateSchedule.Constant }, thrice = once with { Epochs = 3 };
        double[] Predicted(Mlp recipe) => recipe.Fit(table, Context).Predict(table.Features).Values;

        Predicted(once with { WeightAverage = 0.99 }).ShouldBe(Predicted(once));
        Predicted(thrice with { WeightAverage = 0.99 }).ShouldNotBe(Predicted(thrice));
    }

    [Theory]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void A_resumed_training_with_all_of_it_gives_the_same_bits(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        var recipe = new Mlp
        {
            Width = 16,
            Layers = 2,
            Epochs = 9,
            LearningRate = 1e-2,
            EarlyStoppingEpochs = 5,
            WeightAverage = 0.9,
            Schedule = RateSchedule.Plateau,
            Mixup = 0.4,
            BalancedBatches = true,
            ClassWeights = ClassWeighting.Balanced,
            MaxGradient = 0.5,
            FindLearningRate = true,
            EnsembleMembers = 2,
            Optimizer = OptimizerKind.NAdam,
        };
        byte[] whole = FileOf(recipe.Fit(table, Context));
        foreach (int stop in new[] { 4, 13 })
        {
            var store = new Store();
            using var cancellation = new CancellationTokenSource();
            var stopAfter = new Each(report =>
            {
                if (report.Step == stop)
                {
                    cancellation.Cancel();
                }
            });
            FitContext saving = Context with { Checkpoints = store, CheckpointEvery = TimeSpan.Zero };
            Should.Throw<OperationCanceledException>(() => recipe.Fit(table, saving with { Cancellation = cancellation.Token, Progress = stopAfter }));
            var steps = new List<int>();

            NetworkModel resumed = recipe.Fit(table, saving with { Threads = 1, Progress = new Each(report => steps.Add(report.Step)) });

            steps[0].ShouldBe(stop + 1);
            FileOf(resumed).ShouldBe(whole);
        }
    }

    [Fact]
    public void An_ensemble_that_begins_from_other_weights_does_not_go_on_from_a_checkpoint_of_one_without()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        Mlp recipe = Small with { Epochs = 2, EnsembleMembers = 2 };
        NetworkRecipe tuned = recipe.From(NetworkWeights.Of((Small with { Epochs = 5 }).Fit(table, Context)));
        FitContext saving = Context with { Checkpoints = new Store(), CheckpointEvery = TimeSpan.Zero };
        recipe.Fit(table, saving);

        FileOf(tuned.Fit(table, saving)).ShouldBe(FileOf(tuned.Fit(table, Context)));
    }

    [Fact]
    public void A_sweep_of_learning_rates_finds_one_between_too_small_and_too_large_and_leaves_the_weights()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        Mlp recipe = Small with { Epochs = 3, Schedule = RateSchedule.Constant };

        LearningRateCurve curve = LearningRateFinder.Find(recipe, table, Context);
        NetworkModel found = (recipe with { FindLearningRate = true }).Fit(table, Context);

        curve.Suggested.ShouldBeInRange(1e-4, 0.3);
        curve.Rates.ShouldBe(curve.Rates.Order());
        curve.Losses.Min().ShouldBeLessThan(curve.Losses[0] - 0.05);
        found.Notes.ShouldHaveSingleItem().ShouldContain("found by a sweep");
        found.Predict(table.Features).Values.ShouldBe((recipe with { LearningRate = curve.Suggested }).Fit(table, Context).Predict(table.Features).Values);
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification, NetworkLoss.Focal)]
    [InlineData(LearningTask.MulticlassClassification, NetworkLoss.Auto)]
    [InlineData(LearningTask.Regression, NetworkLoss.BetaNll)]
    public void Steps_allocate_nothing_with_all_of_it(LearningTask task, NetworkLoss loss)
    {
        TrainingTable table = SampleTables.Mixed(task, rows: 256);
        long OfLastEpoch(int batchSize)
        {
            var allocated = new List<long>();
            Mlp recipe = Small with
            {
                Epochs = 6,
                BatchSize = batchSize,
                Dropout = 0.2,
                Loss = loss,
                Mixup = 0.4,
                WeightAverage = 0.9,
                MaxGradient = 1,
                LabelSmoothing = 0.1,
                Schedule = RateSchedule.Plateau,
                ClassWeights = ClassWeighting.Balanced,
            };
            recipe.Fit(table, Context with { Threads = 1, Progress = new Each(_ => allocated.Add(GC.GetAllocatedBytesForCurrentThread())) });
            return allocated[^1] - allocated[^2];
        }

        // What an epoch allocates does not depend on how many steps it has; unoptimised code boxes a constant here and there.
        Math.Abs(OfLastEpoch(batchSize: 8) - OfLastEpoch(batchSize: 128)).ShouldBeLessThan(200);
    }

    internal static byte[] FileOf(NetworkModel model)
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
