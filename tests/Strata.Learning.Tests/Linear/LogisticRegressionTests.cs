using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

public class LogisticRegressionTests
{
    private static readonly FitContext Context = new() { Threads = 2 };

    public static TheoryData<string> CaseNames => [.. LinearFixture.Instance.Logistic.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Coefficients_and_probabilities_are_those_of_scikit_learn(string name)
    {
        LogisticCase given = LinearFixture.Instance.Logistic.Single(one => one.Name == name);
        Frame rows = LinearFixture.FrameOf(given.X);
        string[] classes = [.. Enumerable.Range(0, given.Codes.Max() + 1).Select(code => $"class {code}")];
        var recipe = new LogisticRegression
        {
            InverseRegularization = given.C,
            ClassWeight = given.Balanced ? ClassWeighting.Balanced : ClassWeighting.None,
            FitIntercept = given.FitIntercept,
            L1Ratio = given.L1Ratio,
            Tolerance = 1e-11,
        };

        LogisticRegressionModel model = recipe.Fit(new TrainingTable(rows, new ClassTarget("y", given.Codes, classes), given.Weights), Context);

        model.Converged.ShouldBeTrue();
        model.Coefficients.ShouldBe(given.Coefficients.SelectMany(row => row), 1e-6);
        model.Intercepts.ShouldBe(given.Intercepts, 1e-6);
        model.Predict(rows).Values.ShouldBe(given.Probabilities.SelectMany(row => row), 1e-6);
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification, 70_000, 3)]
    [InlineData(LearningTask.MulticlassClassification, 70_000, 2)]
    [InlineData(LearningTask.BinaryClassification, 300, 1100)]
    [InlineData(LearningTask.MulticlassClassification, 100, 1100)]
    public void The_gradient_vanishes_where_the_fit_ends_for_many_rows_and_many_columns(LearningTask task, int rows, int columns)
    {
        TrainingTable table = SampleTables.Numbers(task, rows, columns);
        double[] weights = [.. Enumerable.Range(0, rows).Select(row => 1.0 + row % 3)];

        LogisticRegressionModel model = new LogisticRegression().Fit(new TrainingTable(table.Features, table.Target, weights), Context);

        model.Converged.ShouldBeTrue();
        int[] codes = ((ClassTarget)table.Target).Codes;
        Predictions predictions = model.Predict(table.Features);
        for (int output = 0; output < model.Intercepts.Length; output++)
        {
            int code = model.Intercepts.Length == 1 ? 1 : output;
            double[] error = [.. codes.Select((truth, row) => weights[row] * (predictions.Probability(row, code) - (truth == code ? 1 : 0)))];
            (error.Sum() / weights.Sum()).ShouldBe(0, 1e-6);
            foreach (string name in new[] { "x0", "x1", $"x{columns - 1}" })
            {
                double gradient = ((Float64Column)table.Features[name]).Values.Zip(error, (x, e) => x * e).Sum() + model.CoefficientOf(name, output);
                (gradient / weights.Sum()).ShouldBe(0, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification, 20_000, 30)]
    [InlineData(LearningTask.MulticlassClassification, 3_000, 40)]
    [InlineData(LearningTask.BinaryClassification, 300, 1100)]
    public void With_absolute_coefficients_few_columns_stay_and_no_other_wants_to(LearningTask task, int rows, int columns)
    {
        TrainingTable table = SampleTables.Numbers(task, rows, columns);
        double c = 8.0 / rows;

        LogisticRegressionModel model = new LogisticRegression { L1Ratio = 1, InverseRegularization = c }.Fit(table, Context);

        model.Converged.ShouldBeTrue(string.Join(' ', model.Notes));
        model.Coefficients.Count(coefficient => coefficient != 0).ShouldBeInRange(1, 40);
        Predictions predictions = model.Predict(table.Features);
        int[] codes = ((ClassTarget)table.Target).Codes;
        for (int k = 0; k < model.Intercepts.Length; k++)
        {
            int code = model.Intercepts.Length == 1 ? 1 : k;
            double[] errors = [.. codes.Select((truth, row) => predictions.Probability(row, code) - (truth == code ? 1 : 0))];
            for (int j = 0; j < columns; j++)
            {
                double slope = c * ((Float64Column)table.Features.Columns[j]).Values.Zip(errors, (x, e) => x * e).Sum(), coefficient = model.Coefficients[k * columns + j];
                (coefficient == 0 ? Math.Max(0, Math.Abs(slope) - 1) : slope + Math.Sign(coefficient)).ShouldBe(0, 1e-5);
            }
        }
    }

    [Fact]
    public void The_default_tolerance_is_close_to_the_optimum()
    {
        LogisticCase given = LinearFixture.Instance.Logistic[0];
        Frame rows = LinearFixture.FrameOf(given.X);

        LogisticRegressionModel model = new LogisticRegression().Fit(new TrainingTable(rows, new ClassTarget("y", given.Codes, ["a", "b"])), Context);

        model.Predict(rows).Values.ShouldBe(given.Probabilities.SelectMany(row => row), 1e-4);
        model.Iterations.ShouldBeLessThan(30);
    }

    [Fact]
    public void Columns_of_wildly_unequal_place_and_scale_converge_without_scaling()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);
        double[] scale = [1e6, 1e-2, 1, 1e3, 1e-2], place = [1e9, 5, 0, -1e5, 2];
        var moved = new Frame(table.Features.Columns.Select((column, j) => new Float64Column(column.Name, [.. ((Float64Column)column).Values.Select(value => value * scale[j] + place[j])])));
        LogisticRegression recipe = new() { InverseRegularization = 1e10 };

        LogisticRegressionModel plain = recipe.Fit(table, Context), odd = recipe.Fit(table.WithFeatures(moved), Context);

        odd.Converged.ShouldBeTrue();
        odd.Predict(moved).Values.ShouldBe(plain.Predict(table.Features).Values, 1e-4);
    }

    [Fact]
    public void A_fit_that_may_not_go_on_says_so()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.MulticlassClassification);

        LogisticRegressionModel model = new LogisticRegression { MaxIterations = 1 }.Fit(table, Context);

        (model.Converged, model.Iterations).ShouldBe((false, 1));
        model.Notes.ShouldHaveSingleItem().ShouldContain("before it converged");
    }

    [Fact]
    public void The_training_loss_falls_with_every_step_and_watched_rows_are_scored_beside_it()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.MulticlassClassification);
        var reports = new List<FitProgress>();

        new LogisticRegression { InverseRegularization = 100 }.Fit(table, Context with { Watched = table, Progress = new Listener(reports.Add) });

        double[] losses = [.. reports.Select(report => report.Metrics["train_log_loss"])];
        losses.Length.ShouldBeGreaterThan(2);
        losses[^1].ShouldBeLessThan(losses[0]);
        reports.Select(report => report.Metrics["watched_log_loss"]).ShouldBe(losses, 1e-12);
    }

    [Fact]
    public void Rows_of_weight_zero_are_not_there()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);
        int[] kept = [.. Enumerable.Range(0, table.RowCount).Where(row => row % 4 != 0)];
        double[] weights = [.. Enumerable.Range(0, table.RowCount).Select(row => row % 4 != 0 ? 1.0 : 0)];
        var recipe = new LogisticRegression { Tolerance = 1e-11 };

        double[] zeroed = recipe.Fit(new TrainingTable(table.Features, table.Target, weights), Context).Coefficients;

        zeroed.ShouldBe(recipe.Fit(table.Take(kept), Context).Coefficients, 1e-8);
    }

    [Fact]
    public void Few_rows_of_weight_among_very_many_are_found()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 70_000, columns: 10);
        double[] weights = new double[table.RowCount];
        weights.AsSpan(600, 400).Fill(1);
        int[] kept = [.. Enumerable.Range(600, 400)];

        LogisticRegressionModel model = new LogisticRegression().Fit(new TrainingTable(table.Features, table.Target, weights), Context);

        model.Converged.ShouldBeTrue();
        model.Coefficients.ShouldBe(new LogisticRegression().Fit(table.Take(kept), Context).Coefficients, 1e-4);
    }

    [Fact]
    public void Categories_text_and_missing_values_are_refused_with_what_to_do()
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.BinaryClassification);

        DataException refusal = Should.Throw<DataException>(() => new LogisticRegression().Fit(table, Context));

        refusal.Problems.ShouldContain(problem => problem.Contains("'height'") && problem.Contains("put Impute before"));
        refusal.Problems.ShouldContain(problem => problem.Contains("'colour' is a category") && problem.Contains("OneHot"));
        refusal.Problems.ShouldContain(problem => problem.Contains("'remark' is free text"));
    }

    [Fact]
    public void A_class_without_rows_gets_next_to_no_probability()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);
        var target = new ClassTarget("y", ((ClassTarget)table.Target).Codes, ["no", "yes", "never"]);

        Predictions predictions = new LogisticRegression().Fit(new TrainingTable(table.Features, target), Context).Predict(table.Features);

        Enumerable.Range(0, predictions.RowCount).Max(row => predictions.Probability(row, 2)).ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void Integers_booleans_and_single_precision_are_numbers_like_any()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, columns: 3);
        double[][] values = [.. table.Features.Columns.Select(column => ((Float64Column)column).Values)];
        long[] whole = [.. values[0].Select(value => (long)Math.Round(3 * value))];
        bool[] flags = [.. values[1].Select(value => value > 0)];
        float[] single = [.. values[2].Select(value => (float)value)];
        var narrow = new Frame(new Int64Column("a", whole), new BooleanColumn("b", flags), new Float32Column("c", single));
        var wide = new Frame(
            new Float64Column("a", [.. whole.Select(value => (double)value)]),
            new Float64Column("b", [.. flags.Select(flag => flag ? 1.0 : 0)]),
            new Float64Column("c", [.. single.Select(value => (double)value)]));

        LogisticRegressionModel model = new LogisticRegression().Fit(table.WithFeatures(narrow), Context);

        model.Coefficients.ShouldBe(new LogisticRegression().Fit(table.WithFeatures(wide), Context).Coefficients);
        model.CoefficientOf("b").ShouldBe(model.Coefficients[1]);
    }

    private sealed class Listener(Action<FitProgress> listen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => listen(value);
    }
}
