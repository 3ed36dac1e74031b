using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public sealed class GradientBoostingModelTests
{
    private static readonly ModelSignature Number = new(LearningTask.Regression, "y", [], new Schema([new SchemaColumn("x", ColumnType.Float64)]));

    private static GradientBoostingModel Make(BoostingObjective objective, ScoreLink? link = null)
    {
        var builder = new TreeEnsembleBuilder(1, [0.5]);
        int root = builder.AddLeaf([0], 2, 2), left = builder.AddLeaf([-1], 1, 1), right = builder.AddLeaf([1], 1, 1);
        builder.Split(root, 0, 3, missingGoesLeft: true, left, right);
        builder.EndTree();
        return new GradientBoostingModel(Number, builder.Build(), objective, "gradient_boosting", link);
    }

    private static GradientBoostingModel WrittenAndRead(GradientBoostingModel model, params string[] without)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        foreach (string name in without)
        {
            writer.Values.Remove(name);
        }

        return GradientBoostingModel.Read(ModelReader.Of(writer));
    }

    [Theory]
    [InlineData(BoostingObjective.SquaredError, null, 1.5, -0.5)]
    [InlineData(BoostingObjective.Poisson, null, 4.4816890703, 0.6065306597)]
    [InlineData(BoostingObjective.SquaredError, ScoreLink.Logistic, 0.8175744762, 0.3775406688)]
    public void Predictions_go_through_the_link_and_raw_scores_do_not(BoostingObjective objective, ScoreLink? link, double high, double low)
    {
        GradientBoostingModel model = WrittenAndRead(Make(objective, link));

        Predictions predictions = model.Predict(new Frame(new Float64Column("x", [4, 2])));

        predictions.Values.ShouldBe([high, low], 1e-9);
        predictions.RawScores.ShouldBe([1.5, -0.5]);
        (model.Objective, model.Link).ShouldBe((objective, link ?? objective.Link()));
    }

    [Fact]
    public void Files_from_before_there_were_objectives_hold_the_tasks_own()
    {
        foreach (LearningTask task in Enum.GetValues<LearningTask>().Where(task => task.HasTarget()))
        {
            TrainingTable table = SampleTables.Mixed(task);
            GradientBoostingModel fitted = new GradientBoosting { Trees = 3 }.Fit(table, new FitContext { Threads = 1 });

            GradientBoostingModel read = WrittenAndRead(fitted, "objective", "link", "algorithm");

            (read.Algorithm, read.Objective, read.Link).ShouldBe(("gradient_boosting", BoostingObjectives.For(task), BoostingObjectives.For(task).Link()));
            read.Predict(table.Features).Values.ShouldBe(fitted.Predict(table.Features).Values);
        }
    }

    [Fact]
    public void An_objective_or_link_of_another_task_is_refused()
    {
        Should.Throw<ModelFileException>(() => Make(BoostingObjective.LogLoss)).Message.ShouldContain("LogLoss");
        Should.Throw<ModelFileException>(() => Make(BoostingObjective.Huber, ScoreLink.Softmax)).Message.ShouldContain("Softmax");
    }
}
