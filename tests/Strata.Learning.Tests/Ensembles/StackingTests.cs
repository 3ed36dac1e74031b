using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Ensembles;

public class StackingTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 1 };

    [Fact]
    public void The_meta_learner_is_not_fooled_by_a_member_that_learns_its_rows_by_heart()
    {
        // Nothing can be learned from noise: a member that remembers its rows looks perfect on them and is worth nothing on others.
        var random = new RandomSource(5);
        int rows = 300;
        var features = new Frame(new Float64Column("noise", [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())]));
        var table = new TrainingTable(features, new NumberTarget("y", [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())]));

        StackedModel model = new Stacking { Recipes = [new DecisionTree { MaxDepth = 30, MinRowsPerLeaf = 1 }], MetaRecipe = new LinearRegression() }.Fit(table, Context);

        ((LinearModel)model.MetaModel).Coefficients[0].ShouldBeInRange(-0.3, 0.3);
    }

    [Fact]
    public void Groups_are_never_split_between_members_and_what_they_predict()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        int[] groups = [.. Enumerable.Range(0, table.RowCount).Select(row => row % 12)];
        var seen = new RowsSeen();

        new Stacking { Recipes = [seen], MetaRecipe = new Ridge(), Folds = 4 }.Fit(new TrainingTable(table.Features, table.Target, groups: groups), Context);

        seen.Tables.Count.ShouldBe(5);
        seen.Tables.Take(4).ShouldAllBe(train => train.Groups!.GroupBy(group => group).All(rows => rows.Count() == 25));
        seen.Tables.Take(4).ShouldAllBe(train => train.Groups!.Distinct().Count() == 9);
        seen.Tables[4].RowCount.ShouldBe(table.RowCount);
    }

    [Fact]
    public void By_time_members_predict_only_later_rows()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        double[] times = [.. Enumerable.Range(0, table.RowCount).Select(row => (double)row)];
        var members = new RowsSeen();
        var meta = new RowsSeen();

        new Stacking { Recipes = [members], MetaRecipe = meta, Folds = 3 }.Fit(new TrainingTable(table.Features, table.Target, times: times), Context);

        meta.Tables.ShouldHaveSingleItem().Times!.Min().ShouldBeGreaterThan(members.Tables[0].Times!.Max());
        members.Tables.Take(3).Select(train => train.Times!.Max()).ShouldBeInOrder();
    }

    [Fact]
    public void Blending_keeps_the_members_from_the_rows_of_the_meta_learner()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        double[] ids = [.. Enumerable.Range(0, table.RowCount).Select(row => (double)row)];
        var members = new RowsSeen();
        var meta = new RowsSeen();

        new Blending { Recipes = [members], MetaRecipe = meta, HeldBack = 0.25 }.Fit(new TrainingTable(table.Features, table.Target, weights: ids), Context);

        TrainingTable learned = members.Tables.ShouldHaveSingleItem(), held = meta.Tables.ShouldHaveSingleItem();
        held.RowCount.ShouldBe(75);
        learned.Weights!.Intersect(held.Weights!).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification, 2)]
    [InlineData(LearningTask.MulticlassClassification, 6)]
    [InlineData(LearningTask.Regression, 2)]
    public void The_meta_learner_sees_a_column_for_all_that_a_member_says(LearningTask task, int columns)
    {
        StackedModel model = new Stacking { Recipes = FewMembers.For(task), MetaRecipe = task.IsClassification() ? new LogisticRegression() : new Ridge() }.Fit(SampleTables.Mixed(task), Context);

        model.MetaModel.Signature.Features.Columns.Count.ShouldBe(columns);
        model.MetaModel.Signature.Features.Names.First().ShouldStartWith("decision_tree");
    }

    [Fact]
    public void A_stack_by_name_survives_its_file_whole()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        var values = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["members"] = "decision_tree, voting(members=[logistic_regression, decision_tree(max_depth=2)])", ["meta_learner"] = "decision_tree(max_depth=2)", ["pass_through"] = true };
        PipelineModel model = DefaultPreparation.For(Algorithms.Named("stacking").Recipe(values), needsCompleteNumbers: false).Fit(table, Context);
        using var file = new MemoryStream();

        new ModelFile(model, new ModelCard()).Save(file);
        file.Position = 0;
        IModel read = ModelFile.Load(file).Model;

        read.Predict(table.Features).Values.ShouldBe(model.Predict(table.Features).Values);
    }
}
