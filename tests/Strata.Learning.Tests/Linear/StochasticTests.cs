using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

public class StochasticTests
{
    private static readonly FitContext Context = new() { Threads = 2, Seed = 11 };

    [Fact]
    public void Averaged_over_many_epochs_the_logistic_loss_comes_to_the_optimum_of_logistic_regression()
    {
        TrainingTable table = Standard(SampleTables.Numbers(LearningTask.BinaryClassification, rows: 1000));
        const double alpha = 0.01;

        LinearMarginModel stochastic = new SgdClassifier { Alpha = alpha, Average = true, MaxEpochs = 200, Tolerance = 0, Patience = 200 }.Fit(table, Context);
        LogisticRegressionModel exact = new LogisticRegression { InverseRegularization = 1 / (alpha * table.RowCount) }.Fit(table, Context);

        stochastic.Coefficients.ShouldBe(exact.Coefficients, 0.02);
        stochastic.Intercepts.ShouldBe(exact.Intercepts, 0.02);
        stochastic.Predict(table.Features).Values.ShouldBe(exact.Predict(table.Features).Values, 0.01);
    }

    [Fact]
    public void Averaged_over_many_epochs_the_squared_loss_comes_to_least_squares()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 1000);

        LinearNumberModel stochastic = new SgdRegressor { Alpha = 0, Average = true }.Fit(table, Context);

        stochastic.Coefficients.ShouldBe(new LinearRegression().Fit(table, Context).Coefficients, 0.05);
    }

    [Fact]
    public void Absolute_penalties_leave_columns_out()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 1000, columns: 20);

        LinearMarginModel model = new SgdClassifier { Alpha = 0.05, L1Ratio = 1 }.Fit(table, Context);

        model.Coefficients.Count(coefficient => coefficient == 0).ShouldBeGreaterThan(10);
        model.CoefficientOf("x0").ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Another_seed_gives_another_model_and_the_same_seed_the_same()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);
        var recipe = new PassiveAggressive();

        double[] first = recipe.Fit(table, Context).Coefficients, again = recipe.Fit(table, Context).Coefficients, other = recipe.Fit(table, Context with { Seed = 12 }).Coefficients;

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public void Early_stopping_holds_rows_out_and_keeps_groups_together()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 400);
        int[] groups = [.. Enumerable.Range(0, 400).Select(row => row / 20)];
        var reports = new List<FitProgress>();

        new SgdClassifier { EarlyStopping = true }.Fit(new TrainingTable(table.Features, table.Target, groups: groups), Context with { Progress = new Listener(reports.Add) });

        reports.ShouldAllBe(report => report.Metrics.ContainsKey("held_out_loss"));
        reports.Count.ShouldBeLessThan(200);
    }

    [Fact]
    public void A_fit_whose_epochs_run_out_says_so()
    {
        LinearMarginModel model = new SgdClassifier { MaxEpochs = 1 }.Fit(SampleTables.Numbers(LearningTask.BinaryClassification), Context);

        model.Converged.ShouldBeFalse();
        model.Notes.ShouldHaveSingleItem().ShouldContain("epochs");
    }

    [Fact]
    public void Steps_that_are_too_long_are_refused_with_what_to_do()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);

        Should.Throw<DataException>(() => new SgdRegressor { Schedule = StepSchedule.Constant, FirstStep = 1000, Alpha = 0 }.Fit(table, Context)).Message.ShouldContain("too long");
    }

    /// <summary>Columns of mean zero and spread one, so that penalties by standardised columns are penalties of columns as they are.</summary>
    private static TrainingTable Standard(TrainingTable table) => table.WithFeatures(new Frame(table.Features.Columns.Select(column =>
    {
        double[] values = ((Float64Column)column).Values;
        double mean = values.Average(), spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return new Float64Column(column.Name, [.. values.Select(value => (value - mean) / spread)]);
    })));

    private sealed class Listener(Action<FitProgress> listen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => listen(value);
    }
}

/// <summary>Rows come in an order drawn by their places, so that order and repetition make some difference.</summary>
public abstract class StochasticContract(LearningTask task) : RecipeContract(task)
{
    protected override bool NeedsCompleteNumbers => true;

    protected override double RowOrderTolerance => 0.1;

    protected override double WeightTolerance => 0.1;

    protected override IModel Read(ModelReader reader) => Task == LearningTask.Regression ? LinearNumberModel.Read(reader, Recipe.Algorithm) : LinearMarginModel.Read(reader, Recipe.Algorithm);
}

public sealed class SgdOnTwoClasses() : StochasticContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new SgdClassifier { Average = true, Alpha = 0.01 };
}

public sealed class HingeSgdOnThreeClasses() : StochasticContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new SgdClassifier { Loss = ClassLoss.Hinge, Average = true, Alpha = 0.01, ClassWeight = ClassWeighting.Balanced };
}

public sealed class SgdOnNumbers() : StochasticContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new SgdRegressor { Average = true };

    protected override double RowOrderTolerance => 0.5;

    protected override double WeightTolerance => 0.5;
}

public sealed class PassiveAggressiveOnThreeClasses() : StochasticContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new PassiveAggressive { Squared = true };
}

public sealed class PassiveAggressiveOnNumbers() : StochasticContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new PassiveAggressiveRegressor();

    protected override double RowOrderTolerance => 0.5;

    protected override double WeightTolerance => 0.5;
}
