using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Tests.Trees.Growth;
using Strata.Learning.Trees;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public sealed class GradientBoostingTests
{
    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    private static byte[] FileOf(GradientBoostingModel model)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    /// <summary>Standard normal columns of which the first three matter, and a class or number from them.</summary>
    private static TrainingTable Big(LearningTask task, int rows, int columns = 6) => SampleTables.Numbers(task, rows, columns, seed: 9);

    private static double RootMeanSquare(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Average());

    [Fact]
    public void A_small_tree_is_as_computed_by_hand()
    {
        // Mean 4; gradients 4 - y = 3, 3, 1, -7 at x = 1, 2, 3, missing.
        // Missing against the rest gains (7^2)/3 + 7^2/1 = 65.33; 1, 2 against the others 6^2/2 + 6^2/2 = 36.
        // Then {1, 2} against {3}: 6^2/2 + 1 - 7^2/3 = 2.67.
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3, double.NaN])), new NumberTarget("y", [1, 1, 3, 11]));
        var recipe = new GradientBoosting { Trees = 1, LearningRate = 0.5, MaxLeaves = 3, MinRowsPerLeaf = 1 };

        GradientBoostingModel model = recipe.Fit(table, Context);

        TreeEnsemble trees = model.Trees;
        trees.BaseScores.ShouldBe([4.0]);
        trees.NodeCount.ShouldBe(5);
        (trees.Feature[0], trees.Threshold[0], trees.MissingLeft[0]).ShouldBe((0, double.PositiveInfinity, (byte)0));
        trees.Gain[0].ShouldBe(49 / 3.0 + 49, 1e-6);
        trees.Cover[0].ShouldBe(4);
        int inner = trees.Left[0];
        trees.Threshold[inner].ShouldBe(2.5);
        trees.Gain[inner].ShouldBe(18 + 1 - 49 / 3.0, 1e-6);
        trees.RowCount.ShouldBe([4, 3, 1, 2, 1]);
        model.Predict(table.Features).Values.ShouldBe([2.5, 2.5, 3.5, 7.5], 1e-6);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Trees_equal_those_of_the_plainest_implementation(ulong seed, bool weighted)
    {
        var random = new RandomSource(seed);
        const int rows = 150;
        double[][] columns = [.. Enumerable.Range(0, 4).Select(column => Enumerable.Range(0, rows)
            .Select(_ => column > 1 && random.NextDouble() < 0.2 ? double.NaN : random.NextInt(5 + 5 * column)).ToArray())];
        double[] target = [.. Enumerable.Range(0, rows).Select(row => columns[0][row] * 2 + (double.IsNaN(columns[2][row]) ? 9 : columns[3][row] > 6 ? 4 : 0) + random.NextGaussian())];
        double[] weights = [.. Enumerable.Range(0, rows).Select(_ => weighted ? 1.0 + random.NextInt(3) : 1)];
        var table = new TrainingTable(new Frame(columns.Select((column, i) => new Float64Column($"x{i}", column))), new NumberTarget("y", target), weighted ? weights : null);
        var recipe = new GradientBoosting { Trees = 4, LearningRate = 0.3, MaxLeaves = 8, MinRowsPerLeaf = 6, L2 = 1.5 };

        double[] predicted = recipe.Fit(table, Context).Predict(table.Features).Values;

        double[] plain = new PlainBoosting(columns, target, weights, trees: 4, rate: 0.3, maxLeaves: 8, minRows: 6, l2: 1.5).Fit();
        predicted.Zip(plain, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4);
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.Regression)]
    public void Large_tables_give_the_same_bits_with_any_number_of_threads(LearningTask task)
    {
        TrainingTable table = Big(task, 90_000);
        var recipe = new GradientBoosting { Trees = 3, MaxLeaves = 40, LearningRate = 0.3 };

        byte[] alone = FileOf(recipe.Fit(table, Context with { Threads = 1 }));

        foreach (int threads in new[] { 2, 3, 5 })
        {
            FileOf(recipe.Fit(table, Context with { Threads = threads })).ShouldBe(alone);
        }
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void Sixteen_copies_of_a_large_table_equal_a_weight_of_sixteen(LearningTask task)
    {
        TrainingTable few = Big(task, 5_000);
        int[] copies = [.. Enumerable.Range(0, 16).SelectMany(_ => Enumerable.Range(0, 5_000))];
        var weighted = new TrainingTable(few.Features, few.Target, [.. Enumerable.Repeat(16.0, 5_000)]);
        var recipe = new GradientBoosting { Trees = 4, MaxLeaves = 31, LearningRate = 0.3 };

        double[] a = recipe.Fit(few.Take(copies), Context).Predict(few.Features).Values, b = recipe.Fit(weighted, Context).Predict(few.Features).Values;

        a.Zip(b, (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Fractional_weights_act_like_copies()
    {
        TrainingTable table = Big(LearningTask.BinaryClassification, 4_000);
        double[] weights = [.. Enumerable.Range(0, 4_000).Select(row => 0.5 + row % 4)];
        int[] copies = [.. Enumerable.Range(0, 4_000).SelectMany(row => Enumerable.Repeat(row, 1 + 2 * (row % 4)))];
        var recipe = new GradientBoosting { Trees = 20, LearningRate = 0.2, MinRowsPerLeaf = 20 };

        double[] fractional = recipe.Fit(new TrainingTable(table.Features, table.Target, weights), Context).Predict(table.Features).RawScores;
        double[] copied = (recipe with { MinRowsPerLeaf = 40, MinChildHessian = 2e-3 }).Fit(table.Take(copies), Context).Predict(table.Features).RawScores;

        RootMeanSquare(fractional, copied).ShouldBeLessThan(0.1 * RootMeanSquare(copied, new double[copied.Length]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_heavy_tail_does_not_drown_the_other_rows(bool fractionalWeights)
    {
        // One row in five hundred is a million times larger than the signal in all others; a step column tells the signal, another the monsters.
        var random = new RandomSource(8);
        const int rows = 6_000;
        double[] step = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(100) / 100.0)];
        double[] monster = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.002 ? 1.0 : 0.0)];
        double[] target = [.. Enumerable.Range(0, rows).Select(row => monster[row] == 1 ? 1e6 : step[row] > 0.5 ? 1 : -1)];
        double[]? weights = fractionalWeights ? [.. Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? 1 : 0.75)] : null;
        var table = new TrainingTable(new Frame(new Float64Column("step", step), new Float64Column("monster", monster)), new NumberTarget("y", target), weights);

        double[] predicted = new GradientBoosting { Trees = 150, LearningRate = 0.3, MinRowsPerLeaf = 2 }.Fit(table, Context).Predict(table.Features).Values;

        for (int row = 0; row < rows; row++)
        {
            predicted[row].ShouldBe(target[row], Math.Abs(target[row]) * 0.05);
        }
    }

    [Fact]
    public void Targets_far_from_zero_keep_their_digits()
    {
        TrainingTable table = Big(LearningTask.Regression, 2_000);
        double[] near = ((NumberTarget)table.Target).Values;
        var far = new TrainingTable(table.Features, new NumberTarget("y", [.. near.Select(value => value + 1e9)]));
        var recipe = new GradientBoosting { Trees = 30, LearningRate = 0.2 };

        double[] a = recipe.Fit(table, Context).Predict(table.Features).Values, b = recipe.Fit(far, Context).Predict(table.Features).Values;

        a.Zip(b, (x, y) => Math.Abs(x + 1e9 - y)).Max().ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void Constant_columns_are_never_split_on()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        Frame features = table.Features
            .With(new Float64Column("constant", [.. Enumerable.Repeat(3.0, table.RowCount)]))
            .With(new Float64Column("absent", [.. Enumerable.Repeat(double.NaN, table.RowCount)]))
            .With(new CategoryColumn("one level", new int[table.RowCount], ["a", "b"]));

        GradientBoostingModel model = new GradientBoosting { Trees = 10, MinRowsPerLeaf = 1 }.Fit(table.WithFeatures(features), Context);

        model.Trees.Importance(TreeImportance.Splits)[^3..].ShouldBe([0.0, 0.0, 0.0]);
        model.Trees.Importance(TreeImportance.Splits)[..4].ShouldAllBe(splits => splits > 0);
    }

    [Fact]
    public void Missing_values_are_sent_where_they_fit_best_and_infinities_sort_at_the_ends()
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(row => (row % 4) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => double.PositiveInfinity, _ => row })];
        var target = new NumberTarget("y", [.. Enumerable.Range(0, 400).Select(row => (row % 4) switch { 0 => 7.0, 1 => -5, 2 => 3, _ => 0 })]);
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), target);

        double[] predicted = new GradientBoosting { Trees = 60, LearningRate = 0.3, MinRowsPerLeaf = 5 }.Fit(table, Context).Predict(table.Features).Values;

        predicted.Zip(target.Values, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Levels_are_divided_in_sets_and_unseen_ones_count_as_missing()
    {
        var random = new RandomSource(6);
        string[] levels = [.. Enumerable.Range(0, 40).Select(level => $"level {level}")];
        int[] codes = [.. Enumerable.Range(0, 8_000).Select(_ => random.NextInt(39))];
        double Effect(int code) => code * 7 % 11;
        var target = new NumberTarget("y", [.. codes.Select(code => Effect(code) + 0.1 * random.NextGaussian())]);
        var table = new TrainingTable(new Frame(new CategoryColumn("c", codes, levels)), target);

        GradientBoostingModel model = new GradientBoosting { Trees = 60, LearningRate = 0.3 }.Fit(table, Context);

        double[] predicted = model.Predict(table.Features).Values;
        predicted.Zip(codes, (value, code) => Math.Abs(value - Effect(code))).Max().ShouldBeLessThan(0.3);
        model.Trees.LeafOf(0, [0.0]).ShouldNotBe(model.Trees.LeafOf(0, [3.0]));
        double Of(CategoryColumn column) => model.Predict(new Frame(column)).Values[0];
        double missing = Of(new CategoryColumn("c", [-1], levels));
        Of(new CategoryColumn("c", [39], levels)).ShouldBe(missing);
        Of(new CategoryColumn("c", [0], ["never heard of"])).ShouldBe(missing);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round_and_its_validation_part_keeps_groups_whole()
    {
        TrainingTable plain = Big(LearningTask.BinaryClassification, 1_500);
        var table = new TrainingTable(plain.Features, plain.Target, groups: [.. Enumerable.Range(0, 1_500).Select(row => row / 3)]);
        var validation = new List<double>();
        var recipe = new GradientBoosting { Trees = 500, LearningRate = 0.3, EarlyStoppingRounds = 10, ValidationFraction = 0.2 };

        GradientBoostingModel model = recipe.Fit(table, Context with { Progress = new Each(report => validation.Add(report.Metrics["validation_log_loss"])) });

        int best = validation.IndexOf(validation.Min());
        model.Trees.TreeCount.ShouldBe(best + 1);
        validation.Count.ShouldBe(best + 11);
        best.ShouldBeInRange(3, 200);
    }

    [Fact]
    public void Reported_metrics_are_those_of_the_model_so_far()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification, 600);
        int[] rows = [.. Enumerable.Range(0, 600)];
        TrainingTable training = table.Take(rows.AsSpan(0, 400)), watched = table.Take(rows.AsSpan(400));
        FitProgress? last = null;

        GradientBoostingModel model = new GradientBoosting { Trees = 12 }.Fit(training, Context with { Watched = watched, Progress = new Each(report => last = report) });

        last!.Step.ShouldBe(11);
        last.Metrics["train_log_loss"].ShouldBe(LogLoss(model, training), 1e-5);
        last.Metrics["watched_log_loss"].ShouldBe(LogLoss(model, watched), 1e-5);
    }

    [Fact]
    public void Going_on_from_a_model_keeps_its_trees_and_equals_boosting_in_one_go()
    {
        foreach (LearningTask task in Enum.GetValues<LearningTask>().Where(task => task.HasTarget()))
        {
            TrainingTable table = Big(task, 1_000);
            var recipe = new GradientBoosting { Trees = 10 };
            GradientBoostingModel first = recipe.Fit(table, Context);

            GradientBoostingModel further = recipe.ContinueFit(first, table, Context);

            further.Trees.TreeCount.ShouldBe(2 * first.Trees.TreeCount);
            further.Trees.Threshold[..first.Trees.NodeCount].ShouldBe(first.Trees.Threshold);
            double[] once = (recipe with { Trees = 20 }).Fit(table, Context).Predict(table.Features).RawScores;
            RootMeanSquare(further.Predict(table.Features).RawScores, once).ShouldBeLessThan(0.01);
        }
    }

    [Fact]
    public void Going_on_brings_new_rows_to_the_models_columns_levels_and_classes()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        GradientBoostingModel first = new GradientBoosting { Trees = 5 }.Fit(table, Context);
        int[] two = [.. Enumerable.Range(0, table.RowCount).Where(row => ((ClassTarget)table.Target).Codes[row] > 0)];
        TrainingTable some = table.Take(two);
        var fewerClasses = new ClassTarget("outcome", [.. ((ClassTarget)some.Target).Codes.Select(code => 2 - code)], ["high", "middle"]);
        Frame shuffled = new(some.Features.Columns.Reverse().Select(column => column.Name == "colour"
            ? CategoryColumn.Of("colour", [.. Enumerable.Range(0, column.Count).Select(row => row == 0 ? "violet" : column.TextAt(row))])
            : column));

        GradientBoostingModel further = new GradientBoosting { Trees = 20 }.ContinueFit(first, new TrainingTable(shuffled, fewerClasses), Context);

        further.Signature.ShouldBe(first.Signature);
        double before = Enumerable.Range(0, two.Length).Average(row => first.Predict(some.Features).Probability(row, 0));
        double after = Enumerable.Range(0, two.Length).Average(row => further.Predict(some.Features).Probability(row, 0));
        after.ShouldBeLessThan(0.7 * before);
        LogLoss(further, some).ShouldBeLessThan(LogLoss(first, some));
    }

    [Fact]
    public void Going_on_refuses_what_the_model_does_not_know()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        GradientBoostingModel first = new GradientBoosting { Trees = 2 }.Fit(table, Context);
        GradientBoosting recipe = new() { Trees = 2 };
        var odd = new ClassTarget("outcome", ((ClassTarget)table.Target).Codes, ["no", "perhaps"]);

        Should.Throw<DataException>(() => recipe.ContinueFit(first, new TrainingTable(table.Features, odd), Context)).Message.ShouldContain("'perhaps'");
        Should.Throw<DataException>(() => recipe.ContinueFit(first, SampleTables.Mixed(LearningTask.Regression), Context)).Message.ShouldContain("numbers");
        Should.Throw<DataException>(() => recipe.ContinueFit(first, table.WithFeatures(table.Features.Drop(["mass"])), Context)).Message.ShouldContain("'mass'");
    }

    [Fact]
    public void Text_columns_are_refused_by_name()
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.BinaryClassification);

        Should.Throw<DataException>(() => new GradientBoosting().Fit(table, Context)).Message.ShouldContain("'remark'");
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(1, 0.4)]
    [InlineData(0.5, 0.5)]
    public void Drawing_rows_and_columns_still_learns_and_repeats(double rowFraction, double columnFraction)
    {
        TrainingTable table = Big(LearningTask.Regression, 3_000);
        var recipe = new GradientBoosting { Trees = 80, LearningRate = 0.1, RowFraction = rowFraction, ColumnFraction = columnFraction };

        GradientBoostingModel model = recipe.Fit(table, Context);

        double[] truth = ((NumberTarget)table.Target).Values;
        RootMeanSquare(model.Predict(table.Features).Values, truth).ShouldBeLessThan(0.5 * RootMeanSquare(truth, [.. truth.Select(_ => truth.Average())]));
        FileOf(recipe.Fit(table, Context with { Threads = 3 })).ShouldBe(FileOf(model));
        FileOf(recipe.Fit(table, Context with { Seed = 6 })).ShouldNotBe(FileOf(model));
    }

    [Fact]
    public void Depth_leaves_and_rows_per_leaf_keep_their_limits()
    {
        TrainingTable table = Big(LearningTask.Regression, 2_000);

        TreeEnsemble trees = new GradientBoosting { Trees = 5, MaxDepth = 3, MaxLeaves = 7, MinRowsPerLeaf = 50 }.Fit(table, Context).Trees;

        trees.Depth().ShouldBe(3);
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            int nodes = trees.TreeStart[tree + 1] - trees.TreeStart[tree];
            nodes.ShouldBeLessThanOrEqualTo(13);
        }

        trees.RowCount.Min().ShouldBeGreaterThanOrEqualTo(50);
    }

    [Fact]
    public void Penalties_shrink_leaves_and_the_least_gain_prunes()
    {
        TrainingTable table = Big(LearningTask.Regression, 1_000);
        var recipe = new GradientBoosting { Trees = 1, LearningRate = 1 };
        double Largest(GradientBoosting variant) => variant.Fit(table, Context).Trees.Value.Max(Math.Abs);

        Largest(recipe with { L2 = 100 }).ShouldBeLessThan(Largest(recipe));
        Largest(recipe with { L1 = 100 }).ShouldBeLessThan(Largest(recipe));
        TreeEnsemble all = recipe.Fit(table, Context).Trees, pruned = (recipe with { MinGain = 50 }).Fit(table, Context).Trees;
        pruned.NodeCount.ShouldBeLessThan(all.NodeCount);
        pruned.Gain.Where(gain => gain > 0).Min().ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task A_long_fit_stops_within_two_seconds_of_being_cancelled()
    {
        TrainingTable table = Big(LearningTask.BinaryClassification, 100_000, columns: 12);
        using var cancellation = new CancellationTokenSource();
        Task fit = Task.Run(() => new GradientBoosting { Trees = 100_000, MaxLeaves = 4_000 }.Fit(table, Context with { Cancellation = cancellation.Token }), TestContext.Current.CancellationToken);
        await Task.Delay(400, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();
        Task first = await Task.WhenAny(fit, Task.Delay(2_000, TestContext.Current.CancellationToken));

        first.ShouldBe(fit);
        await Should.ThrowAsync<OperationCanceledException>(() => fit);
    }

    private static double LogLoss(GradientBoostingModel model, TrainingTable table)
    {
        Predictions predictions = model.Predict(table.Features);
        int[] codes = ((ClassTarget)table.Target).Codes;
        int[] known = [.. table.Target.Classes.Select(name => model.Signature.Classes.ToList().IndexOf(name))];
        return codes.Select((code, row) => -Math.Log(predictions.Probability(row, known[code]))).Average();
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
