using System.Text.Json;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Workflow;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Plans that name their preparation, and what becomes of explanations behind it.</summary>
public class PreparedTrainingTests
{
    private static readonly FitContext Context = new() { Threads = 2 };

    [Fact]
    public void A_plan_names_its_steps_and_what_they_leave_is_made_fit_for_the_learner()
    {
        TrainingOutcome outcome = Trained("logistic_regression", "impute_neighbors", "derive:column=bulk,formula=mass / (height / 100) ^ 2", "date_parts", "scale");

        var model = (PipelineModel)outcome.Model;
        model.Steps.Select(step => step.Name).ShouldBe(["impute_neighbors", "derive", "date_parts", "scale", "drop_text", "impute", "one_hot"]);
        outcome.Evaluation.Metrics["accuracy"].ShouldBeGreaterThan(0.6);
        JsonSerializer.Deserialize<TrainingPlan>(JsonSerializer.Serialize(outcome.Plan, ModelFileJson.Options), ModelFileJson.Options)!.Preparation![1].Settings["column"]!.GetValue<string>().ShouldBe("bulk");
    }

    [Fact]
    public void A_prepared_model_predicts_the_same_bits_when_read_back()
    {
        TrainingOutcome outcome = Trained("random_forest", "impute_iterative", "target_encode", "polynomial:columns=mass|height", "balance:method=smote", "select_by_model:algorithm=decision_tree,keep=5");
        using var file = new MemoryStream();
        outcome.ToModelFile().Save(file);
        file.Position = 0;

        Predictions again = ModelFile.Load(file).Model.Predict(outcome.Test.Table.Features);

        again.Values.ShouldBe(outcome.TestPredictions.Values);
    }

    [Theory]
    [InlineData("ridge")]
    [InlineData("gradient_boosting")]
    public void Contributions_of_derived_columns_are_shared_among_their_sources(string algorithm)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        IReadOnlyList<IStep> steps = PreparationSteps.Of([StepPlan.Parse("derive:column=both,formula=x0 * x1"), StepPlan.Parse("select_columns:columns=both|x2")]);
        PipelineModel model = new Pipeline(steps, Algorithms.Named(algorithm).Recipe()).Fit(table, Context);

        Contributions contributions = Explainer.Explain(model, table.Features);

        contributions.Columns.ShouldBe(table.Features.Names);
        double[] scores = model.Predict(table.Features).RawScores;
        for (int row = 0; row < 30; row++)
        {
            ReadOnlySpan<double> parts = contributions.Of(row, 0);
            (contributions.BiasOf(row, 0) + parts.ToArray().Sum()).ShouldBe(scores[row], 1e-9);
            parts[0].ShouldBe(parts[1], 1e-12);
            parts[3].ShouldBe(0);
        }

        Interactions pairs = Explainer.Interactions(model, table.Features.Take([0, 1]));
        pairs.Of(1, 0).ToArray().Sum().ShouldBe(contributions.Of(1, 0).ToArray().Sum(), 1e-9);
    }

    [Fact]
    public void Shares_multiply_through_steps()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        IReadOnlyList<IStep> steps = PreparationSteps.Of([StepPlan.Parse("derive:column=both,formula=x0 * x1"), StepPlan.Parse("derive:column=three,formula=both + x1")]);

        PipelineModel model = new Pipeline(steps, Algorithms.Named("ridge").Recipe()).Fit(table, Context);

        model.OriginsOf("three").ShouldBe([new OriginShare("x0", 0.25), new OriginShare("x1", 0.75)]);
    }

    [Fact]
    public void Mixed_columns_are_not_explained_but_refused_with_the_reason()
    {
        TrainingOutcome outcome = Trained("gradient_boosting", "impute", "pca:components=2");

        Explainer.CanExplain(outcome.Model).ShouldBeFalse();
        outcome.Interactions.ShouldBeNull();
        outcome.Importance.ShouldNotBeEmpty("permutation importance works for every model");
        Should.Throw<DataException>(() => Explainer.Explain(outcome.Model, outcome.Test.Table.Features)).Message
            .ShouldContain("Step 'pca' makes each of its columns of");
    }

    [Fact]
    public void Columns_that_only_fill_others_count_as_used()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        double[] gaps = [.. ((Float64Column)table.Features["x0"]).Values.Select((value, row) => row % 2 == 0 ? double.NaN : value)];
        TrainingTable holed = table.WithFeatures(new Frame(new Float64Column("x0", gaps), table.Features["x0"].Named("twin")));
        PipelineModel model = new Pipeline([new ImputeIterative { Indicators = false }, new SelectColumns(["x0"])], Algorithms.Named("gradient_boosting").Recipe()).Fit(holed, Context);

        PermutationImportance.Of(model, holed, repeats: 2, seed: 0, context: Context).Single(one => one.Column == "twin").Mean.ShouldBeGreaterThan(0);
    }

    private static TrainingOutcome Trained(string algorithm, params string[] steps)
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.BinaryClassification, rows: 240);
        var target = (ClassTarget)table.Target;
        Frame frame = table.Features.With(new CategoryColumn("outcome", target.Codes, target.Classes));
        return Training.Run(new TrainingPlan { Target = "outcome", Algorithm = algorithm, Preparation = [.. steps.Select(StepPlan.Parse)] }, frame, Context);
    }
}
