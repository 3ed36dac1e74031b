using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

public class NumberRegressionTests
{
    private static readonly FitContext Context = new() { Threads = 2 };

    public static TheoryData<string> CaseNames => [.. NumberFixture.Instance.Cases.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Coefficients_are_those_of_scikit_learn(string name)
    {
        NumberCase given = NumberFixture.Instance.Cases.Single(one => one.Name == name);

        var model = (LinearNumberModel)given.Recipe(tolerance: 1e-10).Fit(given.Table, Context);

        model.Converged.ShouldBeTrue(string.Join(' ', model.Notes));
        model.Notes.ShouldBeEmpty();
        model.Coefficients.ShouldBe(given.Coefficients, given.Within);
        model.Intercepts[0].ShouldBe(given.Intercept, 10 * given.Within);
    }

    [Fact]
    public void A_path_goes_through_the_solutions_of_scikit_learn()
    {
        PathCase given = NumberFixture.Instance.Path;
        var table = new TrainingTable(LinearFixture.FrameOf(given.X), new NumberTarget("y", given.Y));

        RegularizationPath path = RegularizationPath.Of(table, Context, alphaCount: 20);

        path.Notes.ShouldBeEmpty();
        path.Alphas.ShouldBe(given.Alphas, 1e-9);
        path.Coefficients.SelectMany(row => row).ShouldBe(given.Coefficients.SelectMany(row => row), 1e-7);
        path.Coefficients[0].ShouldAllBe(coefficient => coefficient == 0);
    }

    [Fact]
    public void Of_very_many_columns_lasso_finds_the_few_that_matter_without_all_products()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 150, columns: 2500);

        LinearNumberModel model = new Lasso { Alpha = 0.5 }.Fit(table, Context);

        model.Converged.ShouldBeTrue();
        Math.Abs(model.Coefficients[0]).ShouldBeGreaterThan(2);
        model.Coefficients.Count(coefficient => coefficient != 0).ShouldBeLessThan(40);
        ShouldBeTheMinimum(table, model, alpha: 0.5);
    }

    [Fact]
    public void Equal_columns_under_lasso_are_no_obstacle()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, columns: 3);
        TrainingTable twins = table.WithFeatures(table.Features.With(table.Features["x0"].Named("twin")));

        LinearNumberModel model = new Lasso { Alpha = 0.1 }.Fit(twins, Context);

        model.Converged.ShouldBeTrue();
        (model.CoefficientOf("x0") + model.CoefficientOf("twin")).ShouldBe(new Lasso { Alpha = 0.1 }.Fit(table, Context).CoefficientOf("x0"), 1e-3);
    }

    [Fact]
    public void A_lasso_that_may_not_go_on_says_so()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 40, columns: 60);

        LinearNumberModel model = new Lasso { Alpha = 1e-6, MaxIterations = 2, Tolerance = 1e-12 }.Fit(table, Context);

        model.Converged.ShouldBeFalse();
        model.Notes.ShouldHaveSingleItem().ShouldContain("before it converged");
    }

    [Fact]
    public void Huber_regression_is_hardly_moved_by_outliers_that_bend_least_squares()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        double[] spoilt = [.. ((NumberTarget)table.Target).Values.Select((value, row) => row % 20 == 0 ? value + 500 : value)];
        var outliers = new TrainingTable(table.Features, new NumberTarget("y", spoilt));

        double clean = new LinearRegression().Fit(table, Context).CoefficientOf("x0");

        new HuberRegression().Fit(outliers, Context).CoefficientOf("x0").ShouldBe(clean, 0.2);
        Math.Abs(new LinearRegression().Fit(outliers, Context).Intercepts[0] - 10).ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Huber_regression_of_rows_on_a_plane_finds_the_plane()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        double[] plane = [.. ((Float64Column)table.Features["x0"]).Values.Select(value => 3 * value + 2)];

        LinearNumberModel model = new HuberRegression { Alpha = 0 }.Fit(new TrainingTable(table.Features, new NumberTarget("y", plane)), Context);

        model.CoefficientOf("x0").ShouldBe(3, 1e-6);
        model.Intercepts[0].ShouldBe(2, 1e-6);
    }

    [Theory]
    [InlineData("poisson_regression", -1.0, "of at least 0")]
    [InlineData("gamma_regression", 0.0, "above 0")]
    public void Targets_that_a_distribution_cannot_give_are_refused_with_their_row(string algorithm, double value, string expectation)
    {
        TrainingTable table = Amounts.Positive(SampleTables.Numbers(LearningTask.Regression));
        ((NumberTarget)table.Target).Values[4] = value;

        DataException refusal = Should.Throw<DataException>(() => Catalog.Algorithms.Named(algorithm).Recipe().Fit(table, Context));

        refusal.Message.ShouldContain("row 5");
        refusal.Message.ShouldContain(expectation);
    }

    [Fact]
    public void Counts_beside_which_others_are_enormous_converge_too()
    {
        TrainingTable table = Amounts.Positive(SampleTables.Numbers(LearningTask.Regression));
        double[] enormous = [.. ((NumberTarget)table.Target).Values.Select(value => value * 1e9)];

        LinearNumberModel plain = new PoissonRegression { Alpha = 0 }.Fit(table, Context);
        LinearNumberModel large = new PoissonRegression { Alpha = 0 }.Fit(new TrainingTable(table.Features, new NumberTarget("y", enormous)), Context);

        large.Converged.ShouldBeTrue();
        large.Coefficients.ShouldBe(plain.Coefficients, 1e-6);
    }

    /// <summary>No coefficient can be moved to lower the mean of squared errors / 2 plus alpha times the absolute coefficients.</summary>
    private static void ShouldBeTheMinimum(TrainingTable table, LinearNumberModel model, double alpha)
    {
        double[] truth = ((NumberTarget)table.Target).Values, values = model.Predict(table.Features).Values;
        double[] errors = [.. truth.Zip(values, (y, value) => y - value)];
        errors.Average().ShouldBe(0, 1e-9);
        for (int j = 0; j < model.Coefficients.Length; j++)
        {
            double slope = ((Float64Column)table.Features.Columns[j]).Values.Zip(errors, (x, e) => x * e).Average();
            if (model.Coefficients[j] != 0)
            {
                slope.ShouldBe(alpha * Math.Sign(model.Coefficients[j]), 1e-6);
            }
            else
            {
                Math.Abs(slope).ShouldBeLessThan(alpha + 1e-6);
            }
        }
    }
}
