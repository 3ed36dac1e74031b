using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation.Surrogates;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Surrogates;

public sealed class SurrogateTreeTests
{
    private static readonly Frame Rows = SampleTables.Mixed(LearningTask.Regression, rows: 600).Features;

    [Fact]
    public void A_model_that_is_a_tree_is_followed_wholly_and_read_as_rules()
    {
        var model = FunctionModel.OfProbability(Rows, x => x[4] is 1 or 2 ? 0.8 : x[2] > 5 ? 0.7 : 0.1);

        SurrogateTree told = SurrogateTree.Of(model, Rows, new SurrogateOptions { MaxDepth = 3 });

        told.Measure.ShouldBe("agreement");
        told.Fidelity.ShouldBeGreaterThan(0.97);
        told.Baseline.ShouldBeInRange(0.3, 0.85);
        (told.TrainingRows, told.HeldRows).ShouldBe((420, 180));
        told.Rules.Sum(rule => rule.RowCount).ShouldBe(420);
        told.Rules.ShouldContain(rule => rule.Answer == "yes" && rule.Conditions.Any(condition => condition.StartsWith("colour in {green, red}", StringComparison.Ordinal)) && rule.Purity == 1);
    }

    [Fact]
    public void Numbers_are_followed_by_their_share_of_variance()
    {
        SurrogateTree told = SurrogateTree.Of(new FunctionModel(Rows, x => x[2] > 5 ? 10 : 2), Rows, new SurrogateOptions { MaxDepth = 2 });

        told.Measure.ShouldBe("r2");
        told.Fidelity.ShouldBeGreaterThan(0.95);
        told.Baseline.ShouldBeLessThan(0.01);
        told.Rules[0].ToString().ShouldStartWith("if visits");
    }

    [Fact]
    public void What_cannot_be_followed_has_little_fidelity_and_one_answer_is_refused()
    {
        var random = new Random(3);
        SurrogateTree told = SurrogateTree.Of(FunctionModel.OfProbability(Rows, _ => random.NextDouble()), Rows);

        told.Fidelity.ShouldBeLessThan(0.65);
        Should.Throw<DataException>(() => SurrogateTree.Of(FunctionModel.OfProbability(Rows, _ => 0.1), Rows)).Message.ShouldContain("'no' for every row");
    }
}
