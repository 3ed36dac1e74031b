using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Calibration;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class EnsembleExplanationTests
{
    private const int AllCoalitions = 1000;

    private static readonly FitContext Context = new() { Seed = 3, Threads = 1 };

    public static TheoryData<LearningTask> Tasks => [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_stack_that_is_a_line_in_its_members_is_explained_as_by_every_coalition(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task, rows: 200);
        StackedModel model = Stack(task, Trees(task)).Fit(table, Context);
        Frame rows = table.Features.Take([0, 7, 11]);
        var options = new ExplanationOptions { Background = table.Features, MostBackgroundRows = 10, Output = ExplainedOutput.RawScore, Evaluations = AllCoalitions, Context = Context };

        Contributions exact = Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Auto }), byDefinition = Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Kernel });

        byDefinition.StandardErrors.ShouldBeNull();
        exact.Columns.ShouldBe(byDefinition.Columns);
        exact.Outputs.ShouldBe(byDefinition.Outputs);
        exact.Values.ShouldBe(byDefinition.Values, 1e-9);
        exact.Bias.ShouldBe(byDefinition.Bias, 1e-9);
        exact.AdditivityError!.Value.ShouldBeLessThan(1e-9);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_stack_that_is_a_line_in_its_members_is_explained_by_paths_and_pairs(LearningTask task)
    {
        TrainingTable table = SampleTables.Mixed(task, rows: 200);
        StackedModel model = Stack(task, Trees(task)).Fit(table, Context);
        Frame rows = table.Features.Take([0, 7, 11]);

        Contributions told = Explainer.Explain(model, rows);
        Interactions pairs = Explainer.Interactions(model, rows);

        told.AdditivityError!.Value.ShouldBeLessThan(1e-9);
        pairs.Bias.ShouldBe(told.Bias);
        pairs.Values.Chunk(pairs.Columns.Count).Select(line => line.Sum()).ShouldBe(told.Values, 1e-9);
        told.Values.Any(value => value != 0).ShouldBeTrue();
    }

    [Fact]
    public void What_has_no_exact_contributions_is_explained_by_sampling_of_itself()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 200);
        IRecipe[] members = [new GradientBoosting { Trees = 5 }, .. Trees(LearningTask.BinaryClassification)];
        (string Why, IModel Model)[] models =
        [
            ("log-odds of a member are not its probability", Stack(LearningTask.BinaryClassification, members).Fit(table, Context)),
            ("the meta-learner bends", (Stack(LearningTask.BinaryClassification, Trees(LearningTask.BinaryClassification)) with { MetaRecipe = new DecisionTree { MaxDepth = 2 } }).Fit(table, Context)),
            ("the meta-learner sees columns too", (Stack(LearningTask.BinaryClassification, Trees(LearningTask.BinaryClassification)) with { PassThrough = true }).Fit(table, Context)),
            ("votes are counted", new Voting { Recipes = members, Vote = VoteKind.Hard }.Fit(table, Context)),
        ];
        foreach ((string why, IModel model) in models)
        {
            Explainer.CanExplain(model).ShouldBeFalse(why);
            Explainer.MethodFor(model).ShouldBe(ExplanationMethod.Permutation, why);

            Contributions told = Explainer.Explain(model, table.Features.Take([0, 7]), new ExplanationOptions { Method = ExplanationMethod.Auto, Background = table.Features, Evaluations = 100, Context = Context });

            told.StandardErrors.ShouldNotBeNull(why);
            told.Explained.ShouldBe(ExplainedOutput.Prediction, why);
            told.AdditivityError!.Value.ShouldBeLessThan(1e-9, why);
        }
    }

    [Fact]
    public void A_mean_of_the_probabilities_of_trees_is_exact()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 200);
        VotingModel model = new Voting { Recipes = Trees(LearningTask.BinaryClassification), Weights = "2,1" }.Fit(table, Context);
        Frame rows = table.Features.Take([0, 7, 11]);
        var options = new ExplanationOptions { Background = table.Features, MostBackgroundRows = 10, Evaluations = AllCoalitions, Context = Context };

        Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Auto }).Values
            .ShouldBe(Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Kernel }).Values, 1e-9);
        Explainer.MethodFor(model).ShouldBe(ExplanationMethod.Path);
        Explainer.MethodFor(model, options).ShouldBe(ExplanationMethod.Interventional);
        Explainer.MethodFor(model, options with { Groups = [new ColumnGroup("body", ["height", "mass"])] }).ShouldBe(ExplanationMethod.Permutation);
    }

    [Fact]
    public void A_finished_model_whose_preparation_mixes_columns_is_not_said_to_be_exact()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 120);
        var recipe = new Finished(new Pipeline([new PrincipalComponents { Components = 2 }], new LogisticRegression())) { Calibration = CalibrationMethod.Platt };
        IModel model = ((IRecipe)recipe).Fit(table, Context);

        Explainer.CanExplain(model).ShouldBeFalse();
        Explainer.Explain(model, table.Features.Take([0]), new ExplanationOptions { Method = ExplanationMethod.Auto, Background = table.Features, Evaluations = 100 }).AdditivityError!.Value.ShouldBeLessThan(1e-9);
    }

    private static Stacking Stack(LearningTask task, IReadOnlyList<IRecipe> members) => new()
    {
        Recipes = members,
        MetaRecipe = new Pipeline(DefaultPreparation.CompleteNumbers, task.IsClassification() ? new LogisticRegression() : new Ridge()),
        Folds = 3,
    };

    /// <summary>Their raw scores are what they predict.</summary>
    private static IReadOnlyList<IRecipe> Trees(LearningTask task) =>
        [new DecisionTree { MaxDepth = 3 }, new RandomForest { Trees = 4, MaxDepth = 4 }, .. task.IsClassification() ? Array.Empty<IRecipe>() : [new Pipeline(DefaultPreparation.CompleteNumbers, new Ridge())]];
}
