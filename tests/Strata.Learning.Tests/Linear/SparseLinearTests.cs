using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

/// <summary>A table of sparse columns gives the model that the same table in full gives.</summary>
public class SparseLinearTests
{
    private static readonly FitContext Context = new() { Threads = 2, Seed = 3 };

    public static TheoryData<string, IRecipe> Classifiers => new()
    {
        { "ridge penalty", new LogisticRegression { Tolerance = 1e-12 } },
        { "no intercept", new LogisticRegression { FitIntercept = false, Tolerance = 1e-12 } },
        { "lasso penalty", new LogisticRegression { L1Ratio = 1, InverseRegularization = 0.3, Tolerance = 1e-12 } },
        { "both penalties, balanced", new LogisticRegression { L1Ratio = 0.5, InverseRegularization = 0.5, ClassWeight = ClassWeighting.Balanced, Tolerance = 1e-12 } },
        { "squared hinge", new LinearSvm { Tolerance = 1e-12, C = 0.1 } },
        { "hinge", new LinearSvm { Loss = MarginLoss.Absolute, CalibrateProbabilities = false, Tolerance = 1e-10 } },
        // Short steps: the long ones of the optimal schedule make much of the last bit of a number.
        { "stochastic", new SgdClassifier { MaxEpochs = 20, Schedule = StepSchedule.InverseRoot } },
        { "stochastic, strong penalty", new SgdClassifier { MaxEpochs = 20, Alpha = 1, Schedule = StepSchedule.Optimal } },
        { "stochastic, averaged", new SgdClassifier { MaxEpochs = 20, Average = true, Loss = ClassLoss.SquaredHinge, Alpha = 0.01, Schedule = StepSchedule.InverseRoot, FirstStep = 0.001 } },
        { "stochastic, absolute penalty", new SgdClassifier { MaxEpochs = 20, L1Ratio = 0.5, Alpha = 0.01, Average = true, Schedule = StepSchedule.InverseRoot } },
        { "stochastic, without intercept and stopped early", new SgdClassifier { MaxEpochs = 20, FitIntercept = false, EarlyStopping = true, Schedule = StepSchedule.Constant, FirstStep = 0.001 } },
        { "passive-aggressive", new PassiveAggressive { MaxEpochs = 20 } },
        { "passive-aggressive, squared and not averaged", new PassiveAggressive { MaxEpochs = 20, Squared = true, Average = false } },
    };

    public static TheoryData<string, IRecipe> Regressors => new()
    {
        { "ridge", new Ridge { Alpha = 2 } },
        { "ridge without intercept", new Ridge { Alpha = 2, FitIntercept = false } },
        { "least squares", new LinearRegression() },
        { "lasso", new Lasso { Alpha = 0.01, Tolerance = 1e-12 } },
        { "elastic net without intercept", new ElasticNet { Alpha = 0.05, FitIntercept = false, Tolerance = 1e-12 } },
        { "linear support vectors", new LinearSvr() },
        { "huber", new HuberRegression() },
        { "median", new QuantileRegression { Alpha = 0.01 } },
        { "stochastic", new SgdRegressor { MaxEpochs = 20 } },
        { "passive-aggressive", new PassiveAggressiveRegressor { MaxEpochs = 20 } },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Two_classes(string what, IRecipe recipe) => ShouldAgree(what, recipe, SparseTables.Of(LearningTask.BinaryClassification));

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Three_classes_without_weights(string what, IRecipe recipe) => ShouldAgree(what, recipe, SparseTables.Of(LearningTask.MulticlassClassification, weighted: false));

    [Theory]
    [MemberData(nameof(Regressors))]
    public void Numbers(string what, IRecipe recipe) => ShouldAgree(what, recipe, SparseTables.Of(LearningTask.Regression));

    [Theory]
    [MemberData(nameof(Regressors))]
    public void Numbers_without_weights_and_more_columns_than_rows(string what, IRecipe recipe) =>
        ShouldAgree(what, recipe, SparseTables.Of(LearningTask.Regression, rows: 100, columns: 130, weighted: false), recipe is HuberRegression or QuantileRegression ? 1e-3 : 1e-8);

    [Fact]
    public void A_lasso_of_many_columns_needs_no_matrix_of_all_of_them() =>
        ShouldAgree("lasso by scores of rows", new Lasso { Alpha = 0.05, Tolerance = 1e-10 }, SparseTables.Of(LearningTask.Regression, rows: 150, columns: 2060), 1e-8);

    [Fact]
    public void Ridge_of_many_rows_and_columns_meets_the_normal_equations_without_their_matrix()
    {
        TrainingTable table = SparseTables.Of(LearningTask.Regression, rows: 2100, columns: 2060).Sparse;

        RidgeModel model = new Ridge { Alpha = 1 }.Fit(table, Context);

        double[] values = model.Predict(table.Features).Values, truth = ((NumberTarget)table.Target).Values;
        double[] left = [.. values.Select((value, row) => table.Weights![row] * (truth[row] - value))];
        model.Notes.ShouldBeEmpty();
        left.Sum().ShouldBe(0, 1e-8);
        table.Features.Columns.Select((column, j) => Enumerable.Range(0, left.Length).Sum(row => column.NumberAt(row) * left[row]) - model.Coefficients[j]).Max(Math.Abs).ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void A_row_has_the_same_score_to_the_last_bit_however_it_is_stored()
    {
        SparseTables tables = SparseTables.Of(LearningTask.Regression, counts: true);
        RidgeModel model = new Ridge().Fit(tables.Sparse, Context);

        model.Predict(tables.Sparse.Features).Values.ShouldBe(model.Predict(tables.Full.Features).Values);
        model.Predict(tables.Sparse.Features.Take([7])).Values[0].ShouldBe(model.Predict(tables.Sparse.Features).Values[7]);
    }

    private static void ShouldAgree(string what, IRecipe recipe, SparseTables tables, double tolerance = 1e-9)
    {
        SparseRows.TryOf(tables.Sparse.Features).ShouldNotBeNull(what);
        var sparse = (LinearModel)recipe.Fit(tables.Sparse, Context);
        var full = (LinearModel)recipe.Fit(tables.Full, Context);

        double size = 1 + full.Coefficients.Max(Math.Abs);
        sparse.Coefficients.ShouldBe(full.Coefficients, tolerance * size, what);
        sparse.FeatureMeans.ShouldBe(full.FeatureMeans, 1e-12);
        sparse.Notes.Count.ShouldBe(full.Notes.Count, what);
        sparse.Predict(tables.Sparse.Features).Values.ShouldBe(sparse.Predict(tables.Full.Features).Values, 1e-11 * size * 100);
        sparse.Predict(tables.Sparse.Features).Values.ShouldBe(full.Predict(tables.Full.Features).Values, tolerance * size * 100);
    }
}
