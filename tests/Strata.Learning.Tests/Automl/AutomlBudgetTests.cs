using System.Globalization;
using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Ensembles;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Automl;

/// <summary>Candidates take time from a clock that stands still otherwise.</summary>
public class AutomlBudgetTests
{
    private readonly SteppedClock clock = new();

    private FitContext Context => Studies.Context with { Threads = 1, Clock = clock };

    /// <summary>Entries such as <c>slow(seconds=4)</c> are trees that take so long a fold; the baselines take none.</summary>
    private AutomlRecipe Of(double limit, params string[] portfolio)
    {
        AutomlRecipe recipe = Studies.Of(portfolio) with { Deterministic = false, TimeLimit = limit };
        RecipeMaker real = recipe.Maker!;
        double Setting(IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> settings, string name) => settings.TryGetValue(name, out var value) ? double.Parse(value!.ToString(), CultureInfo.InvariantCulture) : 0;
        return recipe with { Maker = (name, settings, task) => name.StartsWith("slow", StringComparison.Ordinal) ? new SlowTree(clock, Setting(settings, "seconds"), Setting(settings, "predict"), name == "slower" ? 6 : 2) : real(name, settings, task) };
    }

    [Fact]
    public void What_does_not_fit_into_the_time_is_skipped_with_the_reason_and_what_comes_later_is_still_tried()
    {
        AutomlModel model = Of(100, "slow(seconds=1)", "slow(seconds=25)", "slow(seconds=4)").Fit(SampleTables.Mixed(LearningTask.Regression), Context);

        LeaderboardRow skipped = model.Leaderboard.Rows.Single(row => row.Recipe == "slow(seconds=25)");
        skipped.State.ShouldBe(CandidateState.Skipped);
        skipped.Reason.ShouldNotBeNull().ShouldContain("longer than the");
        model.Leaderboard.Rows.Where(row => row.Recipe is "slow(seconds=1)" or "slow(seconds=4)").ShouldAllBe(row => row.Score != null);
        model.Leaderboard.Rows.Single(row => row.Recipe == "slow(seconds=4)").FitSeconds!.Value.ShouldBe(12, 0.01);
    }

    [Fact]
    public void The_time_of_a_second_layer_that_is_not_used_goes_to_candidates_that_had_none()
    {
        // Each takes 13.5 s on three folds, longer than the check of a second layer may.
        string[] portfolio = [.. Enumerable.Range(1, 9).Select(i => string.Create(CultureInfo.InvariantCulture, $"slow(seconds=4.5, predict={i / 1000.0})"))];
        AutomlRecipe recipe = Of(100, portfolio);
        RecipeMaker maker = recipe.Maker!;
        recipe = recipe with { Maker = (name, settings, task) => name == "ridge" ? new SlowTree(clock, 4.5) : maker(name, settings, task) };
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);

        AutomlModel one = recipe.Fit(table, Context), two = (recipe with { Layers = 2 }).Fit(table, Context);

        two.Notes.ShouldContain(note => note.StartsWith("There is no second layer", StringComparison.Ordinal));
        one.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(8, "the ensemble, the baseline and six of ten");
        two.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(90.5)]
    [InlineData(300)]
    public void The_limit_holds_whatever_candidates_take(double limit)
    {
        string[] portfolio = [.. new double[] { 7, 0.4, 33, 2, 90, 1, 12, 0.1, 400, 5, 3, 3, 8, 1, 60, 2 }.Select(seconds => string.Create(CultureInfo.InvariantCulture, $"slow(seconds={seconds})"))];

        foreach (int layers in (int[])[1, 2])
        {
            double began = clock.Seconds;
            AutomlModel model = (Of(limit, portfolio) with { Layers = layers }).Fit(SampleTables.Mixed(LearningTask.BinaryClassification), Context);
            (clock.Seconds - began).ShouldBeLessThan(limit);
            model.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBeGreaterThan(2);
        }
    }

    [Fact]
    public void With_no_time_at_all_there_is_the_baseline()
    {
        clock.Take(1);
        AutomlRecipe recipe = Of(1, "slow(seconds=9)");
        RecipeMaker maker = recipe.Maker!;

        AutomlModel model = (recipe with { Maker = (name, settings, task) => name == "baseline" ? maker(name, settings, task) : new SlowTree(clock, 9) }).Fit(SampleTables.Mixed(LearningTask.BinaryClassification), Context);

        model.Leaderboard.Rows.Where(row => row.Weight > 0).Select(row => row.Name).ShouldBe(["ensemble", "baseline"]);
        clock.Seconds.ShouldBeLessThan(3);
    }

    [Fact]
    public void Asked_to_end_it_ends_with_what_is_ready()
    {
        using var enough = new CancellationTokenSource();
        var watch = new Listener(heard => heard.Done == 3, enough.Cancel);

        AutomlModel model = (Of(100, "slow(seconds=1)", "slow(seconds=2)", "slow(seconds=3)") with { Watch = watch, Enough = enough.Token }).Fit(SampleTables.Mixed(LearningTask.Regression), Context);

        model.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(4);
        model.Leaderboard.Rows.Where(row => row.State == CandidateState.Skipped).ShouldAllBe(row => row.Reason == "The study was asked to end.");
        watch.Heard.Select(heard => heard.Done).ShouldBe([1, 2, 3, 4, 5]);
        watch.Heard[2].SecondsLeft.ShouldBe(92 - 3, 0.5);
    }

    [Fact]
    public void Models_beyond_the_memory_are_not_kept_and_their_kin_not_begun()
    {
        AutomlModel model = (Studies.Of("random_forest(trees=30)", "random_forest(trees=31)", "decision_tree") with { MemoryLimit = 0.2 }).Fit(SampleTables.Mixed(LearningTask.BinaryClassification), Studies.Context);

        LeaderboardRow first = model.Leaderboard.Rows.Single(row => row.Recipe == "random_forest(trees=30)"), second = model.Leaderboard.Rows.Single(row => row.Recipe == "random_forest(trees=31)");
        first.State.ShouldBe(CandidateState.Skipped);
        first.Reason.ShouldNotBeNull().ShouldContain("Its model and predictions take");
        second.State.ShouldBe(CandidateState.Skipped);
        second.Reason.ShouldNotBeNull().ShouldContain("and random_forest took");
        model.Leaderboard.Rows.Single(row => row.Recipe == "decision_tree").Score.ShouldNotBeNull();
        model.Leaderboard.Rows.Skip(1).Sum(row => row.Bytes ?? 0).ShouldBeLessThan(200_000);
    }

    [Fact]
    public void Members_are_dropped_until_a_row_is_predicted_in_the_time_it_may_take()
    {
        AutomlRecipe recipe = Of(1000, "slow(seconds=1, predict=50)", "slower(seconds=1, predict=500)");

        TrainingTable table = Studies.LineAndSteps(300);

        AutomlModel free = recipe.Fit(table, Context), quick = (recipe with { InferLimit = 400 }).Fit(table, Context);

        free.PredictMicroseconds!.Value.ShouldBeGreaterThan(400);
        quick.PredictMicroseconds!.Value.ShouldBeLessThanOrEqualTo(400);
        quick.Leaderboard.Rows.Single(row => row.Name == "slower").Weight.ShouldBe(0);
    }

    [Fact]
    public void Of_many_rows_there_are_fewer_folds_where_one_candidate_would_take_all_the_time()
    {
        AutomlRecipe recipe = Of(100, "slow(seconds=12)") with { Folds = 0, Preset = AutomlPreset.Good };

        AutomlModel model = recipe.Fit(SampleTables.Numbers(LearningTask.Regression, rows: 10_000, columns: 2), Context);

        model.Notes.ShouldContain(note => note.Contains("2 folds", StringComparison.Ordinal));
        model.Leaderboard.Rows.Single(row => row.Name == "slow").Score.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(5_000, false)]
    [InlineData(10_000, true)]
    public void On_many_rows_boosting_is_tried_before_others(int rows, bool isFirst)
    {
        var watch = new Listener(_ => false, () => { });
        AutomlRecipe recipe = Of(100, "slow(seconds=1)", "gradient_boosting") with { Folds = 0, Preset = AutomlPreset.Good, Watch = watch };
        RecipeMaker maker = recipe.Maker!;
        recipe = recipe with { Maker = (name, settings, task) => name == "gradient_boosting" ? new SlowTree(clock, 3) : maker(name, settings, task) };

        AutomlModel model = recipe.Fit(SampleTables.Numbers(LearningTask.Regression, rows, columns: 2), Context);

        watch.Heard.Select(heard => heard.Candidate).ShouldBe(isFirst ? ["baseline", "ridge", "gradient_boosting", "slow"] : ["baseline", "ridge", "slow", "gradient_boosting"]);
        model.Notes.Any(note => note.Contains("was tried before all others", StringComparison.Ordinal)).ShouldBe(isFirst);
        model.Notes.ShouldContain(note => note.Contains("5 folds", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_check_of_a_second_layer_takes_is_told_from_one_drawing_of_folds()
    {
        // Eight folds take 4 s, three drawings 12 s, and the check on half of the work 2.4 of its 7.2 s.
        AutomlRecipe recipe = Of(60, "slow(seconds=0.5)") with { Folds = 8, Preset = AutomlPreset.Best };

        AutomlModel model = recipe.Fit(Studies.LineAndSteps(300), Context);

        model.Leaderboard.Rows.Single(row => row.Name == "slow").FitSeconds!.Value.ShouldBe(12, 0.01);
        model.Notes.ShouldContain(note => note.StartsWith("The second layer", StringComparison.Ordinal) && note.Contains("tried with 2 candidates", StringComparison.Ordinal));
    }
}

/// <summary>Hears of candidates, and does something at one of them.</summary>
internal sealed class Listener(Func<AutomlEvent, bool> isDue, Action act) : IProgress<AutomlEvent>
{
    public List<AutomlEvent> Heard { get; } = [];

    public void Report(AutomlEvent value)
    {
        Heard.Add(value);
        if (isDue(value))
        {
            act();
        }
    }
}
