using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Search;

public sealed class TuningTests : IDisposable
{
    private static readonly TrainingPlan Trees = new() { Target = "kind", Algorithm = "decision_tree", Group = "patient" };

    private readonly string folder = Directory.CreateTempSubdirectory("strata-tuning-").FullName;

    private static FitContext Context => new() { Threads = 1, Cancellation = TestContext.Current.CancellationToken };

    private string StudyPath => System.IO.Path.Combine(folder, "study.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_best_trial_is_fitted_on_all_training_rows_and_tested_on_rows_that_no_trial_saw()
    {
        Frame table = Patients(400);
        TuningOutcome outcome = Tuning.Run(new TuningPlan { Training = Trees, Trials = 12, Folds = 3 }, table, Context);

        outcome.Metric.ShouldBe("log_loss");
        outcome.Best.Value.ShouldBe(outcome.Trials.Where(trial => trial.Status == TrialStatus.Completed).Min(trial => trial.Value));
        outcome.Training.Plan.Hyperparameters.Keys.ShouldBe(outcome.BestValues.Keys, ignoreOrder: true);
        outcome.Training.TrainingRows.ShouldBe(table.RowCount - outcome.Training.Test.Table.RowCount);
        outcome.Folds.ShouldContain($"3 folds over {outcome.Training.TrainingRows} rows");
        outcome.Folds.ShouldContain("none of");

        // The same plan by hand gives the same model: tuning adds nothing beside the hyperparameters.
        TrainingOutcome byHand = Training.Run(Trees with { Hyperparameters = outcome.Training.Plan.Hyperparameters }, table, Context, withImportance: false);
        byHand.TestPredictions.Values.ShouldBe(outcome.Training.TestPredictions.Values);
    }

    [Fact]
    public void The_first_trial_is_the_algorithms_own_default_so_that_tuning_ends_no_worse_on_the_folds()
    {
        TuningOutcome outcome = Tuning.Run(new TuningPlan { Training = Trees, Trials = 6, Folds = 3, Metric = "accuracy" }, Patients(300), Context);
        Algorithm algorithm = Algorithms.Named("decision_tree");
        outcome.Space.Named(outcome.Trials[0].Point).ToDictionary().ShouldBe(AlgorithmSpace.Defaults(algorithm, outcome.Space).ToDictionary(), new ByText());
        outcome.Direction.ShouldBe(Direction.Maximize);
        outcome.Best.Value.ShouldBeGreaterThanOrEqualTo(outcome.Trials[0].Value);
    }

    [Fact]
    public void The_metric_that_was_tuned_for_is_told_of_the_tested_rows_too()
    {
        TuningOutcome outcome = Tuning.Run(new TuningPlan { Training = Trees, Trials = 2, Folds = 2, Metric = "f_beta:2" }, Patients(300), Context);

        outcome.Metric.ShouldBe("f_beta:2");
        outcome.Training.Evaluation.Metrics.Keys.ShouldContain("f_beta:2");
        outcome.Training.Evaluation.Intervals.Keys.ShouldContain("f_beta:2");
    }

    [Fact]
    public void Tuning_goes_on_from_its_file_and_gives_the_same_as_without_a_stop()
    {
        Frame table = Patients(300);
        var plan = new TuningPlan { Training = Trees, Trials = 14, Folds = 3 };
        TuningOutcome whole = Tuning.Run(plan, table, Context);
        Tuning.Run(plan with { Trials = 5 }, table, Context, StudyPath);
        TuningOutcome resumed = Tuning.Run(plan, table, Context, StudyPath);
        resumed.Trials.Select(trial => (trial.Status, trial.Value)).ShouldBe(whole.Trials.Select(trial => (trial.Status, trial.Value)));
        Should.Throw<DataException>(() => Tuning.Run(plan, Patients(301), Context, StudyPath)).Message.ShouldContain("use another file");
    }

    [Fact]
    public void Cancelling_leaves_the_trials_that_had_ended_in_the_file()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Told(told =>
        {
            if (told.Ended == 3)
            {
                cancel.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() => Tuning.Run(new TuningPlan { Training = Trees, Folds = 3 }, Patients(300), Context with { Cancellation = cancel.Token }, StudyPath, progress));
        Study.Read(StudyPath).Trials.Count(trial => trial.Status is TrialStatus.Completed or TrialStatus.Pruned).ShouldBe(3);
    }

    [Fact]
    public void A_time_limit_holds_with_the_last_fit_in_it()
    {
        var watch = Stopwatch.StartNew();
        TuningOutcome outcome = Tuning.Run(
            new TuningPlan { Training = Trees with { Algorithm = "gradient_boosting", Hyperparameters = new Dictionary<string, JsonNode?> { ["trees"] = 60 } }, TimeLimit = 2, Folds = 3 }, Patients(300), Context);
        outcome.Trials.Count.ShouldBeGreaterThan(1);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(12, "the machine may be busy, but not that busy");
    }

    [Theory]
    [InlineData(PruningMethod.SuccessiveHalving)]
    [InlineData(PruningMethod.Hyperband)]
    [InlineData(PruningMethod.Median)]
    public void Rounds_of_boosting_prune_trials_inside_their_first_fold(PruningMethod pruning)
    {
        var plan = new TuningPlan
        {
            Training = Trees with { Algorithm = "gradient_boosting" },
            Space = ["trees=40..80", "learning_rate=0.0001..0.5:log"],
            Trials = 24,
            Folds = 3,
            Pruning = pruning,
            PruneBy = PruneBy.Rounds,
            Metric = "roc_auc",
        };
        TuningOutcome outcome = Tuning.Run(plan, Patients(150), Context);
        outcome.Trials.Count(trial => trial.Status == TrialStatus.Pruned).ShouldBeGreaterThan(2);
        outcome.Trials.Where(trial => trial.Status == TrialStatus.Pruned).Select(trial => trial.Reports[^1].Step % 10).ShouldAllBe(step => step == 9);
    }

    [Fact]
    public void Parallel_trials_share_the_threads_and_all_end()
    {
        TuningOutcome outcome = Tuning.Run(new TuningPlan { Training = Trees, Trials = 12, Folds = 3, Parallel = 3, Pruning = PruningMethod.None }, Patients(200), Context with { Threads = 2 });
        outcome.Trials.Count.ShouldBe(12);
        outcome.Trials.ShouldAllBe(trial => trial.Status == TrialStatus.Completed);
    }

    [Fact]
    public void Given_hyperparameters_are_held_and_ranges_are_replaced()
    {
        var plan = new TuningPlan
        {
            Training = Trees with { Hyperparameters = new Dictionary<string, JsonNode?> { ["min_rows_per_leaf"] = 7 } },
            Space = ["max_depth=2..4"],
            Method = SearchMethod.Grid,
            Folds = 3,
        };
        TuningOutcome outcome = Tuning.Run(plan, Patients(200), Context);
        outcome.Space.IndexOf("min_rows_per_leaf").ShouldBe(-1);
        outcome.Training.Plan.Hyperparameters["min_rows_per_leaf"]!.GetValue<int>().ShouldBe(7);
        outcome.Trials.Select(trial => trial.Point[outcome.Space.IndexOf("max_depth")]).Distinct().Order().ShouldBe([2, 3, 4]);
    }

    [Fact]
    public void All_problems_of_a_plan_are_told_at_once()
    {
        var plan = new TuningPlan
        {
            Training = Trees,
            Space = ["max_dept=2..4", "min_rows_per_leaf=-3..5"],
            Metric = "acuracy",
            Folds = 1,
            Trials = 0,
            TimeLimit = 0,
            MemoryLimit = -1,
            Parallel = 0,
        };
        IReadOnlyList<string> problems = Should.Throw<DataException>(() => Tuning.Run(plan, Patients(50), Context)).Problems;
        foreach (string part in new[] { "'max_depth'", "'-3'", "'accuracy'", "1 folds", "0 trials;", "0 s", "-1 MB", "0 trials at once" })
        {
            problems.ShouldContain(problem => problem.Contains(part, StringComparison.Ordinal), part);
        }
    }

    [Fact]
    public void Every_algorithm_has_a_space_that_its_defaults_lie_in()
    {
        foreach (Algorithm algorithm in Algorithms.All.Where(algorithm => algorithm.Hyperparameters.Any(known => !known.Declared.Advanced && !double.IsNaN(known.Declared.SearchMin))))
        {
            SearchSpace space = AlgorithmSpace.Of(algorithm, [], []);
            space.Contains(space.Point(AlgorithmSpace.Defaults(algorithm, space))).ShouldBeTrue(algorithm.Name);
            var random = new RandomSource(1);
            for (int i = 0; i < 20; i++)
            {
                algorithm.Recipe(space.Named(space.Draw(random))).Algorithm.ShouldBe(algorithm.Name);
            }
        }
    }

    private static Frame Patients(int rows)
    {
        var random = new RandomSource(11);
        int[] kinds = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(2))];
        return new Frame(
            new Int64Column("patient", [.. Enumerable.Range(0, rows).Select(row => (long)row / 4)]),
            new Float64Column("a", [.. kinds.Select(kind => kind + random.NextGaussian())]),
            new Float64Column("b", [.. kinds.Select(kind => 0.5 * kind + random.NextGaussian())]),
            new CategoryColumn("kind", kinds, ["no", "yes"]));
    }

    private sealed class Told(Action<TuningProgress> told) : IProgress<TuningProgress>
    {
        public void Report(TuningProgress value) => told(value);
    }

    private sealed class ByText : IEqualityComparer<KeyValuePair<string, JsonNode?>>
    {
        public bool Equals(KeyValuePair<string, JsonNode?> x, KeyValuePair<string, JsonNode?> y) => x.Key == y.Key && JsonNode.DeepEquals(x.Value, y.Value);

        public int GetHashCode(KeyValuePair<string, JsonNode?> obj) => obj.Key.GetHashCode(StringComparison.Ordinal);
    }
}
