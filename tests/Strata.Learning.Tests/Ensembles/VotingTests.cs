using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Ensembles;

public class VotingTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 1 };

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void A_soft_vote_is_the_weighted_mean_of_the_members(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        VotingModel model = new Voting { Recipes = FewMembers.For(task), Weights = "1,3" }.Fit(table, Context);

        double[] first = model.Members[0].Model.Predict(table.Features).Values, second = model.Members[1].Model.Predict(table.Features).Values;

        model.Predict(table.Features).Values.ShouldBe(first.Zip(second, (a, b) => (a + 3 * b) / 4), 1e-12);
    }

    [Fact]
    public void A_hard_vote_counts_each_members_most_probable_class()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        VotingModel model = new Voting { Recipes = FewMembers.For(table.Target.Task), Vote = VoteKind.Hard, Weights = "1,3" }.Fit(table, Context);
        Predictions answers = model.Predict(table.Features), first = model.Members[0].Model.Predict(table.Features), second = model.Members[1].Model.Predict(table.Features);

        for (int row = 0; row < table.RowCount; row++)
        {
            answers.ClassCode(row).ShouldBe(second.ClassCode(row));
            answers.Probability(row, second.ClassCode(row)).ShouldBe(first.ClassCode(row) == second.ClassCode(row) ? 1 : 0.75);
        }
    }

    [Fact]
    public void A_vote_by_log_odds_is_a_geometric_mean()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        VotingModel model = new Voting { Recipes = FewMembers.For(table.Target.Task), Vote = VoteKind.LogOdds }.Fit(table, Context);
        Predictions answers = model.Predict(table.Features), first = model.Members[0].Model.Predict(table.Features), second = model.Members[1].Model.Predict(table.Features);

        for (int row = 0; row < table.RowCount; row++)
        {
            double yes = Math.Sqrt(Math.Max(1e-15, first.Probability(row, 1)) * second.Probability(row, 1)), no = Math.Sqrt(Math.Max(1e-15, first.Probability(row, 0)) * second.Probability(row, 0));
            answers.Probability(row, 1).ShouldBe(yes / (yes + no), 1e-9);
        }
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    public void A_vote_by_log_odds_of_boosting_and_logistic_regression_is_explained_to_its_scores(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task);
        IRecipe[] members = [new GradientBoosting { Trees = 10 }, new Pipeline(DefaultPreparation.CompleteNumbers, new LogisticRegression())];
        VotingModel model = new Voting { Recipes = members, Vote = VoteKind.LogOdds, Weights = "2,1" }.Fit(table, Context);

        Contributions told = Explainer.Explain(model, table.Features);
        Interactions pairs = Explainer.Interactions(model, table.Features.Take([0, 1, 2]));

        double[] raw = model.Predict(table.Features).RawScores;
        told.Columns.ShouldBe(table.Features.Names);
        for (int score = 0; score < raw.Length; score++)
        {
            (told.Bias[score] + told.Values.AsSpan(score * told.Columns.Count, told.Columns.Count).ToArray().Sum()).ShouldBe(raw[score], 1e-6);
        }

        (pairs.BiasOf(1, 0) + pairs.Of(1, 0).ToArray().Sum()).ShouldBe(raw[told.Outputs.Count], 1e-6);
    }

    [Fact]
    public void A_vote_whose_scores_do_not_add_up_is_not_explained()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        VotingModel model = new Voting { Recipes = FewMembers.For(table.Target.Task) }.Fit(table, Context);

        Explainer.CanExplain(model).ShouldBeFalse();
        Should.Throw<DataException>(() => Explainer.Explain(model, table.Features)).Message.ShouldContain("not the sum of its members'");
    }

    [Fact]
    public void Members_are_named_with_their_settings_and_doubles_are_told_apart()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        var values = new Dictionary<string, JsonNode?> { ["members"] = "decision_tree(max_depth=2), decision_tree(max_depth=4), logistic_regression" };

        var model = (VotingModel)Algorithms.Named("voting").Recipe(values).Fit(table, Context);

        model.Members.Select(member => member.Name).ShouldBe(["decision_tree", "decision_tree 2", "logistic_regression"]);
        int Depth(int member) => ((ITreeModel)((PipelineModel)model.Members[member].Model).Learner).Trees.Depth();
        (Depth(0), Depth(1)).ShouldBe((2, 4));
    }

    [Fact]
    public void All_that_is_wrong_with_members_is_said_at_once()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        var values = new Dictionary<string, JsonNode?> { ["members"] = "decision_tre, ridge, decision_tree(depht=3)" };

        DataException refused = Should.Throw<DataException>(() => Algorithms.Named("voting").Recipe(values).Fit(table, Context));

        refused.Problems.Count.ShouldBe(3);
        refused.Message.ShouldContain("Did you mean 'decision_tree'?");
        refused.Message.ShouldContain("Ridge regression cannot predict classes");
    }

    [Theory]
    [InlineData("decision_tree(max_depth=2")]
    [InlineData("decision_tree(max_depth)")]
    [InlineData("decision_tree,,ridge")]
    [InlineData("(x=1)")]
    public void Members_that_cannot_be_read_are_refused(string members)
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);

        Should.Throw<DataException>(() => Algorithms.Named("voting").Recipe(new Dictionary<string, JsonNode?> { ["members"] = members }).Fit(table, Context));
    }

    [Theory]
    [InlineData("decision_tree")]
    [InlineData("decision_tree(max_depth=3, min_rows_per_leaf=4)")]
    [InlineData("voting(members=[ridge, decision_tree(max_depth=2)], vote=hard)")]
    public void A_member_with_its_settings_reads_back_to_the_same_text(string text) =>
        MemberText.ReadList($"{text}, ridge").Select(member => member.ToString()).ShouldBe([text, "ridge"]);

    [Theory]
    [InlineData("1")]
    [InlineData("1,-1")]
    [InlineData("0,0")]
    [InlineData("1,much")]
    public void Weights_that_do_not_fit_are_refused(string weights) => Should.Throw<DataException>(() =>
        new Voting { Recipes = FewMembers.For(LearningTask.Regression), Weights = weights }.Fit(SampleTables.Mixed(LearningTask.Regression), Context));

    [Fact]
    public void Bagging_draws_whole_groups()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        int[] groups = [.. Enumerable.Range(0, table.RowCount).Select(row => row / 30)];
        var seen = new RowsSeen();

        new Bagged { Recipes = [seen], Models = 3 }.Fit(new TrainingTable(table.Features, table.Target, groups: groups), Context);

        seen.Tables.Count.ShouldBe(3);
        seen.Tables.ShouldAllBe(drawn => drawn.Groups!.GroupBy(group => group).All(rows => rows.Count() % 30 == 0));
        seen.Tables.ShouldContain(drawn => drawn.Groups!.Distinct().Count() < 10);
    }
}
