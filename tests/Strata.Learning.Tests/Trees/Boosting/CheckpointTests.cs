using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Boosting;

public sealed class CheckpointTests
{
    private static readonly GradientBoosting Plain = new() { Trees = 24, LearningRate = 0.3, MinRowsPerLeaf = 5 };

    private static readonly Dictionary<string, (GradientBoosting Recipe, LearningTask Task)> Kinds = new()
    {
        ["plain"] = (Plain, LearningTask.Regression),
        ["classes"] = (Plain with { ColumnFraction = 0.5 }, LearningTask.MulticlassClassification),
        ["drawn rows"] = (Plain with { RowFraction = 0.6, RowSamplingEvery = 5 }, LearningTask.BinaryClassification),
        ["gradient sampling"] = (Plain with { GradientSampling = true }, LearningTask.BinaryClassification),
        ["left-out rounds"] = (Plain with { DropRate = 0.3, SkipDrop = 0.2 }, LearningTask.BinaryClassification),
        ["left-out rounds, stopping early"] = (Plain with { DropRate = 0.2, SkipDrop = 0.2, EarlyStoppingRounds = 12 }, LearningTask.MulticlassClassification),
        ["stopping early"] = (Plain with { EarlyStoppingRounds = 12, EarlyStoppingMetric = "roc_auc" }, LearningTask.BinaryClassification),
        ["quantile"] = (Plain with { Objective = BoostingObjective.Quantile, Quantile = 0.7 }, LearningTask.Regression),
        ["ranking"] = (Plain with { Objective = BoostingObjective.LambdaRank }, LearningTask.Regression),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    private static byte[] FileOf(GradientBoostingModel model)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    private static (GradientBoosting Recipe, TrainingTable Table) Of(string kind)
    {
        var (recipe, task) = Kinds[kind];
        return (recipe, recipe.Objective == BoostingObjective.LambdaRank ? RankingTests.Queries(30, 1) : SampleTables.Mixed(task));
    }

    /// <summary>Fits until so many rounds are reported and then breaks off, as a killed process would.</summary>
    private static void Interrupt(GradientBoosting recipe, TrainingTable table, FitContext context, int afterRounds)
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Each(report =>
        {
            if (report.Step == afterRounds)
            {
                cancellation.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() => recipe.Fit(table, context with { Cancellation = cancellation.Token, Progress = progress }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_resumed_fit_gives_the_same_bits_as_one_that_was_not_interrupted(string kind)
    {
        var (recipe, table) = Of(kind);
        var context = new FitContext { Seed = 3, Threads = 2 };
        byte[] whole = FileOf(recipe.Fit(table, context));
        foreach (int rounds in new[] { 1, 4, 9 })
        {
            var store = new Store();
            Interrupt(recipe, table, context with { Checkpoints = store, CheckpointEvery = TimeSpan.Zero }, rounds);
            var steps = new List<int>();

            GradientBoostingModel resumed = recipe.Fit(table, context with { Threads = 3, Checkpoints = store, Progress = new Each(report => steps.Add(report.Step)) });

            FileOf(resumed).ShouldBe(whole);
            steps[0].ShouldBe(rounds + 1);
        }
    }

    [Fact]
    public void Checkpoints_of_another_recipe_table_or_seed_and_damaged_ones_are_left_alone()
    {
        var (recipe, table) = Of("plain");
        var store = new Store();
        var context = new FitContext { Seed = 3, Threads = 1, Checkpoints = store, CheckpointEvery = TimeSpan.Zero };
        recipe.Fit(table, context);
        byte[] saved = store.Load()!;
        int FirstStep(GradientBoosting asked, TrainingTable rows, ulong seed, byte[] state)
        {
            int first = -1;
            asked.Fit(rows, context with { Seed = seed, Checkpoints = new Store(state), Progress = new Each(report => first = first < 0 ? report.Step : first) });
            return first;
        }

        FirstStep(recipe with { L2 = 1 }, table, 3, saved).ShouldBe(0);
        FirstStep(recipe, SampleTables.Mixed(LearningTask.Regression, seed: 2), 3, saved).ShouldBe(0);
        FirstStep(recipe, table, 4, saved).ShouldBe(0);
        FirstStep(recipe, table, 3, saved[..^9]).ShouldBe(0);
        FirstStep(recipe, table, 3, [.. saved[..200], (byte)(saved[200] ^ 1), .. saved[201..]]).ShouldBe(0);
        FirstStep(recipe, table, 3, []).ShouldBe(0);
        FirstStep(recipe, table, 3, saved).ShouldBe(-1);
    }

    private sealed class Store(byte[]? state = null) : ICheckpointStore
    {
        public void Save(ReadOnlySpan<byte> newState) => state = newState.ToArray();

        public byte[]? Load() => state;
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
