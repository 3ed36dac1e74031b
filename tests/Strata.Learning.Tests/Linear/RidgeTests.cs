using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

public class RidgeTests
{
    private static readonly FitContext Context = new() { Threads = 2 };

    public static TheoryData<string> CaseNames => [.. LinearFixture.Instance.Ridge.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Coefficients_are_those_of_scikit_learn(string name)
    {
        RidgeCase given = LinearFixture.Instance.Ridge.Single(one => one.Name == name);
        var table = new TrainingTable(LinearFixture.FrameOf(given.X), new NumberTarget("y", given.Y), given.Weights);

        RidgeModel model = new Ridge { Alpha = given.Alpha, FitIntercept = given.FitIntercept }.Fit(table, Context);

        model.Coefficients.ShouldBe(given.Coefficients, 1e-8);
        model.Intercepts.ShouldHaveSingleItem().ShouldBe(given.Intercept, 1e-8);
    }

    [Fact]
    public void Equal_columns_without_a_penalty_share_the_coefficient()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, columns: 3);
        Frame twins = table.Features.With(table.Features["x0"].Named("twin"));

        RidgeModel single = new Ridge { Alpha = 0 }.Fit(table, Context), twin = new Ridge { Alpha = 0 }.Fit(table.WithFeatures(twins), Context);

        twin.CoefficientOf("x0").ShouldBe(single.CoefficientOf("x0") / 2, 1e-6);
        twin.CoefficientOf("twin").ShouldBe(single.CoefficientOf("x0") / 2, 1e-6);
    }

    [Fact]
    public void Primal_and_dual_agree_where_rows_and_columns_are_nearly_as_many()
    {
        TrainingTable wide = SampleTables.Numbers(LearningTask.Regression, rows: 40, columns: 41);
        double[] zeros = new double[40];
        Frame padded = new(wide.Features.Columns.Take(40).Append(new Float64Column("nothing", zeros)));

        double[] primal = new Ridge().Fit(wide.WithFeatures(new Frame(wide.Features.Columns.Take(40))), Context).Coefficients;
        double[] dual = new Ridge().Fit(wide.WithFeatures(padded), Context).Coefficients;

        dual[..40].ShouldBe(primal, 1e-10);
        dual[40].ShouldBe(0);
    }

    [Fact]
    public void Many_columns_take_the_same_way_on_any_number_of_threads()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 700, columns: 300);

        double[] alone = new Ridge().Fit(table, Context with { Threads = 1 }).Coefficients, together = new Ridge().Fit(table, Context with { Threads = 3 }).Coefficients;

        together.ShouldBe(alone);
        alone[0].ShouldBe(4.2, 0.3);
        alone[299].ShouldBe(0, 0.3);
    }
}
