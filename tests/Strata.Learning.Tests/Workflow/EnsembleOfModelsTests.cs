using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class EnsembleOfModelsTests
{
    private const int Rows = 240;
    private static readonly FitContext Context = new() { Threads = 1 };

    [Fact]
    public void A_vote_learns_nothing_and_is_tested_on_all_unseen_rows()
    {
        Frame table = Table();
        TrainingOutcome[] trained = [Train(table, "decision_tree"), Train(table, "logistic_regression")];
        int[] held = HeldBackRows.Of(trained[0].ToModelFile(), table)!;

        EnsembleOutcome outcome = EnsembleOfModels.Run(Plan("voting", ("vote", "log_odds"), ("weights", "1,3")), Members(trained), table, Context, held.ToHashSet());

        outcome.Training.TrainingRows.ShouldBe(0);
        outcome.Training.Test.RowNumbers.ShouldBe(trained[0].Test.RowNumbers, ignoreOrder: true);
        var model = outcome.Training.Model.ShouldBeOfType<VotingModel>();
        (model.Vote, model.Weights[1]).ShouldBe((VoteKind.LogOdds, 0.75));
        outcome.Members.Select(member => member.Weight).ShouldBe([0.25, 0.75]);
        outcome.Metric.ShouldBe("log_loss");

        // Each member alone is what its own training said of the same rows.
        outcome.Members[1].Metrics["log_loss"].ShouldBe(trained[1].Evaluation.Metrics["log_loss"], 1e-12);
        outcome.Training.Evaluation.Metrics.Keys.ShouldContain("roc_auc");
        outcome.Training.Notes.ShouldContain(note => note.Contains("192 of 240 rows were left out", StringComparison.Ordinal));
        outcome.Training.Importance[0].Column.ShouldBe("x");
    }

    [Fact]
    public void A_stack_tests_every_row_by_a_meta_learner_that_has_not_seen_it()
    {
        Frame table = Noise();
        TrainingOutcome[] trained = [Train(table, "decision_tree", seed: 1), Train(table, "decision_tree", seed: 2)];

        // A meta-learner that learns by heart is perfect on its own rows; of noise nothing can be told of others.
        EnsembleOutcome outcome = EnsembleOfModels.Run(Plan("stacking", ("meta_learner", "decision_tree(max_depth=30, min_rows_per_leaf=1)"), ("pass_through", "true"), ("folds", "4")), Members(trained), Noise(seed: 9), Context);

        outcome.Training.Test.RowNumbers.Length.ShouldBe(Rows);
        outcome.Training.TrainingRows.ShouldBe(Rows);
        outcome.Training.Evaluation.Metrics["accuracy"].ShouldBeInRange(0.3, 0.7);
        outcome.Training.Model.ShouldBeOfType<StackedModel>().Members.Count.ShouldBe(2);
        outcome.Members.ShouldAllBe(member => member.Weight == null);
    }

    [Fact]
    public void A_blend_is_tested_on_rows_that_its_meta_learner_has_not_seen()
    {
        Frame table = Table();
        TrainingOutcome[] trained = [Train(table, "decision_tree"), Train(table, "logistic_regression")];
        EnsembleOutcome outcome = EnsembleOfModels.Run(Plan("blending") with { Group = "site" }, Members(trained), Table(seed: 5), Context);

        (outcome.Training.TrainingRows + outcome.Training.Test.RowNumbers.Length).ShouldBe(Rows);
        outcome.Training.TrainingRows.ShouldBeInRange(Rows / 3, 2 * Rows / 3);
        outcome.Training.Plan.Hyperparameters["held_back"]!.GetValue<double>().ShouldBe(0.5);
        outcome.Training.Split.ShouldContain("groups split apart");
    }

    [Fact]
    public void Too_few_unseen_rows_are_refused_with_what_to_do()
    {
        Frame table = Table();
        FittedMember[] members = Members([Train(table, "decision_tree"), Train(table, "logistic_regression")]);

        DataException refused = Should.Throw<DataException>(() => EnsembleOfModels.Run(Plan("voting"), members, table, Context, new HashSet<int> { 3, 5, 7 }));
        refused.Message.ShouldContain("only 3 are ones that no model has learned from");
        refused.Message.ShouldContain("same seed and test_size");
        Should.Throw<DataException>(() => EnsembleOfModels.Run(Plan("random_forest"), members, table, Context)).Message.ShouldContain("not by 'random_forest'");
        Should.Throw<DataException>(() => EnsembleOfModels.Run(Plan("voting") with { Target = "x" }, members, table, Context)).Message.ShouldContain("the models predict 'outcome'");
    }

    [Fact]
    public void A_model_file_tells_which_rows_of_its_table_it_has_held_back()
    {
        Frame table = Table();
        TrainingOutcome outcome = Training.Run(new TrainingPlan { Target = "outcome", Algorithm = "decision_tree", Group = "site", Seed = 4, TestSize = 0.3 }, table, Context, withImportance: false);

        HeldBackRows.Of(outcome.ToModelFile(), table)!.ShouldBe(outcome.Test.RowNumbers, ignoreOrder: true);
        HeldBackRows.Of(outcome.ToModelFile(), table.Take([.. Enumerable.Range(0, 100)])).ShouldBeNull();
        HeldBackRows.Of(outcome.ToModelFile(), table.Drop(["site"])).ShouldBeNull();
        HeldBackRows.Of(outcome.ToModelFile(), table.Take([.. Enumerable.Range(0, outcome.TrainingRows)])).ShouldBeEmpty();
        HeldBackRows.Of(new ModelFile(outcome.Model, new ModelCard()), table).ShouldBeNull();
    }

    private static TrainingPlan Plan(string algorithm, params (string Name, string Value)[] settings) =>
        new() { Algorithm = algorithm, Hyperparameters = settings.ToDictionary(setting => setting.Name, setting => (JsonNode?)setting.Value) };

    private static TrainingOutcome Train(Frame table, string algorithm, ulong seed = 0) => Training.Run(new TrainingPlan { Target = "outcome", Algorithm = algorithm, Drop = ["site"], Seed = seed }, table, Context, withImportance: false);

    private static FittedMember[] Members(TrainingOutcome[] trained) => [.. trained.Select((outcome, place) => new FittedMember($"{outcome.Plan.Algorithm} {place}", outcome.Model))];

    private static Frame Table(ulong seed = 1)
    {
        var random = new RandomSource(seed);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => random.NextGaussian())], noise = [.. x.Select(_ => random.NextGaussian())];
        string?[] outcome = [.. x.Select(value => value + 0.5 * random.NextGaussian() > 0 ? "yes" : "no")], site = [.. x.Select(_ => $"s{random.NextInt(30)}")];
        return new Frame(new Float64Column("x", x), new Float64Column("noise", noise), new TextColumn("site", site), new TextColumn("outcome", outcome));
    }

    private static Frame Noise(ulong seed = 1)
    {
        var random = new RandomSource(seed);
        return Table(seed).With(new TextColumn("outcome", [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(2) == 0 ? "yes" : "no")]));
    }
}
