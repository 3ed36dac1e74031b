using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.Tests.Ensembles;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public class AutomlTests
{
    [Theory]
    [InlineData(LearningTask.BinaryClassification, "roc_auc")]
    [InlineData(LearningTask.MulticlassClassification, "log_loss")]
    [InlineData(LearningTask.Regression, "rmse")]
    public void The_ensemble_is_better_than_the_baselines_on_rows_that_nothing_learned_from(LearningTask task, string metric)
    {
        TrainingTable test = SampleTables.WithTextAndDates(task, 400, seed: 2);

        AutomlModel model = Studies.Of("gradient_boosting(trees=40)", "random_forest(trees=20)").Fit(SampleTables.WithTextAndDates(task, 300), Studies.Context);
        Leaderboard board = model.TestLeaderboard(test, Studies.Context);

        board.Metric.ShouldBe(metric);
        board.Rows.Select(row => row.Name).ShouldBe(["ensemble", "baseline", task.IsClassification() ? "logistic_regression" : "ridge", "gradient_boosting", "random_forest"], ignoreOrder: true);
        board.GainOver(board.Trivial).ShouldNotBeNull().ShouldBeGreaterThan(0.1);
        board.Ensemble.TestScore!.Value.ShouldBe(Metric.Named(metric).Of(model.Predict(test.Features), test.Target), 1e-12);
        board.Rows.Skip(1).Sum(row => row.Weight).ShouldBe(1, 1e-9);
        board.Rows.ShouldAllBe(row => row.Low <= row.Score && row.Score <= row.High && row.TestLow < row.TestHigh || row.Recipe == "baseline");
        board.Rows.Skip(1).MaxBy(row => row.Weight)!.ErrorCorrelation.ShouldNotBeNull().ShouldBeGreaterThan(0.5);
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void Its_file_reads_back_to_a_model_that_predicts_the_same_bits(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        AutomlModel model = (Studies.Of("gradient_boosting(trees=10)", "decision_tree(max_depth=4)") with { Layers = 2 }).Fit(table, Studies.Context);

        byte[] file = Studies.FileOf(model);
        AutomlModel read = Studies.Read(file);

        read.Predict(table.Features).Values.ShouldBe(model.Predict(table.Features).Values);
        read.Leaderboard.Rows.ShouldBe(model.Leaderboard.Rows);
        Studies.FileOf(read).ShouldBe(file);
    }

    [Fact]
    public void Without_the_clock_the_same_seed_gives_the_same_file_for_any_number_of_threads()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        AutomlRecipe recipe = Studies.Of("gradient_boosting(trees=10)", "random_forest(trees=5)", "mlp(epochs=3)") with { Layers = 2 };

        byte[] file = Studies.FileOf(recipe.Fit(table, Studies.Context));

        Studies.FileOf(recipe.Fit(table, Studies.Context)).ShouldBe(file);
        Studies.FileOf(recipe.Fit(table, Studies.Context with { Threads = 1 })).ShouldBe(file);
        Studies.FileOf(recipe.Fit(table, Studies.Context with { Seed = 6 })).ShouldNotBe(file);
    }

    [Fact]
    public void A_candidate_that_learns_its_rows_by_heart_scores_no_better_than_chance()
    {
        AutomlModel model = Studies.Of("decision_tree(max_depth=40, min_rows_per_leaf=1)", "k_nearest_neighbors(neighbors=1)").Fit(Studies.Noise(600), Studies.Context);

        foreach (LeaderboardRow row in model.Leaderboard.Rows.Where(row => row.Name is "decision_tree" or "k_nearest_neighbors"))
        {
            row.Score!.Value.ShouldBeInRange(0.43, 0.57, row.Name);
        }
    }

    [Fact]
    public void Groups_are_never_split_apart()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        int[] groups = [.. Enumerable.Range(0, table.RowCount).Select(row => row % 12)];
        var seen = new RowsSeen();

        (Studies.Of("seen") with { Maker = (_, _, _) => seen, Folds = 4 }).Fit(new TrainingTable(table.Features, table.Target, groups: groups), Studies.Context with { Threads = 1 });

        seen.Tables.Count.ShouldBe(12, "a baseline, a linear model and another, on four folds");
        seen.Tables.ShouldAllBe(train => train.Groups!.Distinct().Count() == 9 && train.RowCount == 225);
    }

    [Fact]
    public void By_time_only_earlier_rows_are_learned_from_and_the_chosen_are_fitted_on_all()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        double[] times = [.. Enumerable.Range(0, table.RowCount).Select(row => (double)row)];
        var seen = new RowsSeen();

        AutomlModel model = (Studies.Of("seen") with { Maker = (_, _, _) => seen, Layers = 2 }).Fit(new TrainingTable(table.Features, table.Target, times: times), Studies.Context with { Threads = 1 });

        seen.Tables.Take(3).Select(train => train.Times!.Max()).ShouldBeInOrder();
        seen.Tables.Take(3).ShouldAllBe(train => train.RowCount < 300);
        seen.Tables[^1].RowCount.ShouldBe(300);
        model.Notes.ShouldContain(note => note.Contains("ordered by time", StringComparison.Ordinal));
        model.Leaderboard.Rows.ShouldAllBe(row => row.Layer == 1);
    }

    [Fact]
    public void Candidates_can_be_taken_out_by_name_and_written_as_models_of_their_own()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        AutomlModel model = (Studies.Of("gradient_boosting(trees=10)", "decision_tree(max_depth=4)") with { KeepAll = true }).Fit(table, Studies.Context);

        foreach (string name in model.Candidates)
        {
            IModel candidate = model.Candidate(name);
            IModel read = ModelFile.Load(new MemoryStream(Studies.FileOf(candidate))).Model;
            read.Predict(table.Features).Values.ShouldBe(candidate.Predict(table.Features).Values);
        }

        model.Candidates.ShouldBe(["baseline", "logistic_regression", "gradient_boosting", "decision_tree"]);
        model.Candidate("ensemble").ShouldBeSameAs(model);
        Should.Throw<DataException>(() => model.Candidate("nobody")).Message.ShouldContain("nobody");
    }

    [Fact]
    public void Refitted_it_answers_by_one_model_a_candidate()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        AutomlRecipe recipe = Studies.Of("gradient_boosting(trees=10)", "random_forest(trees=5)");

        AutomlModel folds = recipe.Fit(table, Studies.Context), refitted = (recipe with { Refit = true }).Fit(table, Studies.Context);

        refitted.Leaderboard.Ensemble.Bytes!.Value.ShouldBeLessThan(folds.Leaderboard.Ensemble.Bytes!.Value / 2);
        refitted.Leaderboard.Rows.Select(row => row.Score).ShouldBe(folds.Leaderboard.Rows.Select(row => row.Score));
        refitted.Notes.ShouldContain(note => note.Contains("fitted once more on all rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void A_small_model_learns_to_answer_alike(LearningTask task)
    {
        TrainingTable table = SampleTables.WithTextAndDates(task, 400), unseen = SampleTables.WithTextAndDates(task, 400, seed: 2);
        AutomlModel model = Studies.Of("random_forest(trees=60)", "extra_trees(trees=60)").Fit(table, Studies.Context);

        var small = Distillation.Of(model, table.Features, Studies.Context);

        double[] own = model.Predict(unseen.Features).Values, learned = small.Predict(unseen.Features).Values, constant = [.. own.Select((_, i) => own.Where((_, j) => j % Width(task) == i % Width(task)).Average())];
        Distance(own, learned).ShouldBeLessThan(0.35 * Distance(own, constant));

        static int Width(LearningTask task) => task switch { LearningTask.BinaryClassification => 2, LearningTask.MulticlassClassification => 3, _ => 1 };
        static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
    }

    [Fact]
    public void Series_beside_columns_are_learned_from()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.BinaryClassification, 120);

        AutomlModel model = Studies.Of("minirocket(features=200)", "gradient_boosting(trees=20)").Fit(table, Studies.Context);

        model.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(5, string.Join(" ", model.Leaderboard.Rows.Select(row => row.Reason)));
        model.Leaderboard.Ensemble.Score!.Value.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void What_is_a_sum_of_trees_and_lines_is_explained_to_its_raw_scores()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        AutomlModel model = Studies.Of("gradient_boosting(trees=10)").Fit(table, Studies.Context);

        Explainer.CanExplain(model).ShouldBe(model.Leaderboard.Rows.All(row => row.Recipe != "baseline" || row.Weight == 0));
    }

    [Fact]
    public void What_cannot_be_is_told_at_once()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);

        string[] problems = [.. Should.Throw<DataException>(() => (Studies.Of("gradient_bosting", "ridge(alpha=x)") with { Algorithms = ["forest"] }).Fit(table, Studies.Context)).Problems];

        problems.ShouldContain(problem => problem.Contains("Did you mean 'gradient_boosting'?", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("'alpha' is 'x'", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("Did you mean 'forests'?", StringComparison.Ordinal));
        Should.Throw<DataException>(() => (Studies.Of() with { Metric = "roc_auc" }).Fit(table, Studies.Context)).Message.ShouldContain("roc_auc");
        Should.Throw<DataException>(() => (Studies.Of() with { InferLimit = 5 }).Fit(table, Studies.Context)).Message.ShouldContain("infer_limit");
    }

    [Fact]
    public void Only_the_families_that_are_asked_for_are_tried_beside_the_baselines()
    {
        AutomlModel model = (Studies.Of("gradient_boosting(trees=5)", "random_forest(trees=5)", "mlp") with { Algorithms = ["forests"] }).Fit(SampleTables.Mixed(LearningTask.Regression), Studies.Context);

        model.Leaderboard.Rows.Select(row => row.Name).ShouldBe(["ensemble", "baseline", "ridge", "random_forest"], ignoreOrder: true);
    }

    [Fact]
    public void A_candidate_that_fails_says_why_and_costs_the_others_nothing()
    {
        AutomlModel model = Studies.Of("gamma_regression", "decision_tree(max_depth=3)").Fit(SampleTables.Numbers(LearningTask.Regression), Studies.Context);

        LeaderboardRow failed = model.Leaderboard.Rows.Single(row => row.Name == "gamma_regression");
        failed.State.ShouldBe(CandidateState.Failed);
        failed.Reason.ShouldNotBeNull().ShouldContain("outcome");
        model.Leaderboard.Rows.Single(row => row.Name == "decision_tree").Score.ShouldNotBeNull();
    }

    [Fact]
    public void Every_entry_of_the_portfolio_makes_a_recipe_for_its_task()
    {
        foreach ((string list, LearningTask task) in new[] { ("two_classes", LearningTask.BinaryClassification), ("classes", LearningTask.MulticlassClassification), ("numbers", LearningTask.Regression) })
        {
            var names = Candidate.Of(Portfolio.All[list], [], task, Studies.Of().Maker!).Select(candidate => candidate.Name).ToArray();
            names.Distinct().Count().ShouldBe(Portfolio.All[list].Length);
            names.Length.ShouldBeGreaterThan(10);
        }

        foreach (string list in (string[])["series", "image", "points", "several"])
        {
            Candidate.Of(Portfolio.All[list], [], LearningTask.BinaryClassification, Studies.Of().Maker!).Count.ShouldBeGreaterThan(3);
            Candidate.Of(Portfolio.All[list], [], LearningTask.Regression, Studies.Of().Maker!).Count.ShouldBeGreaterThan(3);
        }
    }
}
