using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class AdaBoostTests
{
    private static FitContext Context => new() { Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void The_second_stump_minds_what_the_first_got_wrong()
    {
        // One stump gets 8 of 10 right at the best: x <= 4.5. It says ln(8 / 2); the two wrong rows then weigh as much as the eight, and the next stump gets them right.
        double[] x = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new ClassTarget("y", [0, 0, 0, 0, 0, 1, 1, 1, 0, 0], ["no", "yes"]));

        var model = (AdaBoostModel)new AdaBoost { Trees = 2, MaxDepth = 1 }.Fit(table, Context);

        TreeEnsemble trees = model.Trees;
        trees.TreeCount.ShouldBe(2);
        trees.Threshold[0].ShouldBe(4.5);
        trees.Threshold[trees.TreeStart[1]].ShouldBe(7.5);
        double first = Math.Log(8 / 2.0), error = 3 / 16.0, second = Math.Log((1 - error) / error);
        Math.Abs(trees.Value[trees.Left[0]]).ShouldBe(first / (first + second), 1e-6);
    }

    [Fact]
    public void Votes_add_up_and_are_explained_exactly()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        var model = (AdaBoostModel)new AdaBoost { Trees = 20 }.Fit(table, Context);

        Predictions predictions = model.Predict(table.Features);
        Contributions contributions = Explainer.Explain(model, table.Features);

        for (int k = 0; k < 3; k++)
        {
            (contributions.Of(4, k).ToArray().Sum() + contributions.BiasOf(4, k)).ShouldBe(predictions.RawScores[4 * 3 + k], 1e-9);
        }

        predictions.RawScores.ShouldAllBe(vote => vote >= -0.5 - 1e-9 && vote <= 1 + 1e-9);
        (predictions.RawScores[12] + predictions.RawScores[13] + predictions.RawScores[14]).ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_perfect_tree_ends_it()
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3, 4])), new ClassTarget("y", [0, 0, 1, 1], ["a", "b"]));

        ((AdaBoostModel)new AdaBoost().Fit(table, Context)).Trees.TreeCount.ShouldBe(1);
    }

    [Fact]
    public void A_median_of_numbers_is_not_explained()
    {
        IModel model = new AdaBoost { Trees = 5 }.Fit(SampleTables.Mixed(LearningTask.Regression), Context);

        Explainer.CanExplain(model).ShouldBeFalse();
        model.Notes.ShouldHaveSingleItem().ShouldContain("median");
    }
}
