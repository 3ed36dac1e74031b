using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class SelectionTests
{
    private static readonly double[][] X = Rows("scores", "x");
    private static readonly Target Number = new NumberTarget("y", Get<double[]>("scores", "target"));
    private static readonly Target Classes = new ClassTarget("y", Get<int[]>("scores", "classes"), ["a", "b", "c"]);

    [Fact]
    public void Scores_are_those_of_scikit_learn()
    {
        Scores(ScoreKind.AnovaF, Classes).ShouldBe(Get<double[]>("scores", "f_classes"), 1e-9);
        Scores(ScoreKind.AnovaF, Number).ShouldBe(Get<double[]>("scores", "f_numbers"), 1e-9);
        Scores(ScoreKind.Correlation, Number).ShouldBe(Get<double[]>("scores", "correlation").Select(Math.Abs), 1e-12);
        Scores(ScoreKind.ChiSquare, Classes, Math.Abs).ShouldBe(Get<double[]>("scores", "chi_square"), 1e-9);
    }

    [Fact]
    public void Mutual_information_is_that_of_scikit_learn()
    {
        // Columns 1 to 3 are numbers, column 4 is a category; only the noise that sets ties apart differs.
        Information(Classes).ShouldBe(Get<double[]>("scores", "information_classes"), 0.01);
        Information(Number).ShouldBe(Get<double[]>("scores", "information_numbers"), 0.01);
    }

    [Fact]
    public void Mutual_information_of_normal_numbers_is_the_known_one()
    {
        var random = RandomSource.For(3, "normal numbers");
        double[] x = [.. Enumerable.Range(0, 4000).Select(_ => random.NextGaussian())], y = [.. x.Select(value => 0.8 * value + 0.6 * random.NextGaussian())];

        MutualInformation.OfNumbers(x, y, TestContext.Current.CancellationToken).ShouldBe(-0.5 * Math.Log(1 - 0.64), 0.04);
        MutualInformation.OfNumbers(x, [.. y.Reverse()], TestContext.Current.CancellationToken).ShouldBe(0, 0.04);
    }

    [Fact]
    public void The_best_columns_are_kept_with_those_that_are_not_scored()
    {
        var features = new Frame([.. Numbers(X).Columns, CategoryColumn.Of("word", [.. X.Select(_ => "w")])]);
        var table = new TrainingTable(features, Number);

        IFittedStep byLine = Fitted(new SelectBest { Score = ScoreKind.Correlation, Keep = 1 }, table), byInformation = Fitted(new SelectBest { Keep = 2 }, table);

        byLine.Apply(features).Names.ShouldBe(["x1", "word"]);
        byInformation.Apply(features).Names.ShouldBe(["x0", "x1"], "the target is x0 squared plus half of x1");
        byLine.Notes[0].ShouldStartWith("Step 'select_best' kept 1 of 4 columns and 1 that it does not score; left out: 'x0', 'x2', 'x3'.");
        Should.Throw<DataException>(() => new SelectBest { Score = ScoreKind.ChiSquare }.Fit(table, Context)).Message.ShouldContain("anova_f");
    }

    [Fact]
    public void A_weight_of_two_counts_as_the_row_twice()
    {
        double[] weights = [.. Enumerable.Range(0, X.Length).Select(row => (double)(row % 3))];
        int[] repeated = [.. weights.SelectMany((weight, row) => Enumerable.Repeat(row, (int)weight))];
        foreach ((ScoreKind kind, Target target) in new[] { (ScoreKind.AnovaF, Classes), (ScoreKind.AnovaF, Number), (ScoreKind.Correlation, Classes) })
        {
            var weighted = new TrainingTable(Numbers(X), target, weights);
            TrainingTable twice = new TrainingTable(Numbers(X), target).Take(repeated);
            weighted.Features.Columns.Select(column => ColumnScores.Of(kind, column, weighted, 0)!.Value)
                .ShouldBe(twice.Features.Columns.Select(column => ColumnScores.Of(kind, column, twice, 0)!.Value), 1e-9);
        }
    }

    [Fact]
    public void Constant_and_empty_columns_score_nothing()
    {
        var rows = new Frame(new Float64Column("same", [.. X.Select(_ => 0.1)]), new Float64Column("empty", [.. X.Select(_ => double.NaN)]));
        foreach (ScoreKind kind in Enum.GetValues<ScoreKind>())
        {
            var table = new TrainingTable(rows, Classes);
            rows.Columns.ShouldAllBe(column => Math.Abs(ColumnScores.Of(kind, column, table, 0)!.Value) < 0.02 || kind == ScoreKind.MutualInformation);
            rows.Columns.ShouldAllBe(column => double.IsFinite(ColumnScores.Of(kind, column, table, 0)!.Value));
        }
    }

    [Fact]
    public void Columns_that_hardly_vary_are_left_out()
    {
        var rows = new Frame(
            new Float64Column("same", [0.1, 0.1, 0.1]), new Float64Column("little", [1, 1, 1.1]), new Float64Column("much", [1, 5, 9]), new Float64Column("now and then", [1, double.NaN, 1]),
            CategoryColumn.Of("one", ["a", "a", "a"]), CategoryColumn.Of("two", ["a", "b", "a"]));

        Fitted(new SelectVariance(), Table(rows)).Apply(rows).Names.ShouldBe(["little", "much", "now and then", "two"]);
        Fitted(new SelectVariance { Threshold = 0.1 }, Table(rows)).Apply(rows).Names.ShouldBe(["much", "two"]);
    }

    [Fact]
    public void Of_columns_that_repeat_one_another_the_one_nearer_the_target_stays()
    {
        var random = RandomSource.For(1, "repeats");
        double[] a = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())], near = [.. a.Select(value => -3 * value + 0.1 * random.NextGaussian())], other = [.. a.Select(_ => random.NextGaussian())];
        var table = new TrainingTable(new Frame(new Float64Column("near", near), new Float64Column("a", a), new Float64Column("other", other)), new NumberTarget("y", a));

        IFittedStep fitted = Fitted(new SelectUncorrelated(), table);

        fitted.Apply(table.Features).Names.ShouldBe(["a", "other"]);
        fitted.Notes.ShouldBe(["Step 'select_uncorrelated' left out 1 column that others nearly repeat: 'near'."]);
        Fitted(new SelectUncorrelated { MaxCorrelation = 1 }, table).Apply(table.Features).ColumnCount.ShouldBe(3);
    }

    [Theory]
    [InlineData("random_forest", "importance")]
    [InlineData("ridge", "importance")]
    [InlineData("ridge", "elimination")]
    [InlineData("decision_tree", "elimination")]
    public void A_model_says_which_columns_matter(string algorithm, string method)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 200, columns: 8);
        IStep step = PreparationSteps.Named("select_by_model").Recipe(new Dictionary<string, JsonNode?> { ["algorithm"] = algorithm, ["method"] = method, ["keep"] = 3 });

        Fitted(step, table).Apply(table.Features).Names.ShouldBe(["x0", "x1", "x2"], "only the first three matter");
    }

    [Fact]
    public void A_model_that_cannot_predict_the_target_cannot_select_for_it()
    {
        IStep step = PreparationSteps.Named("select_by_model").Recipe(new Dictionary<string, JsonNode?> { ["algorithm"] = "logistic_regression" });

        Should.Throw<DataException>(() => step.Fit(SampleTables.Numbers(LearningTask.Regression), Context)).Message.ShouldContain("select_by_model");
        Should.Throw<DataException>(() => PreparationSteps.Named("select_by_model").Recipe(new Dictionary<string, JsonNode?> { ["algorithm"] = "random_forrest" })).Message.ShouldContain("random_forest");
    }

    private static double[] Scores(ScoreKind kind, Target target, Func<double, double>? change = null)
    {
        double[][] rows = change is null ? X : [.. X.Select(row => row.Select(value => Math.Round(change(value), 3)).ToArray())];
        var table = new TrainingTable(Numbers(rows), target);
        return [.. table.Features.Columns.Select(column => ColumnScores.Of(kind, column, table, seed: 0)!.Value)];
    }

    private static double[] Information(Target target)
    {
        Frame numbers = Numbers(X);
        Frame features = numbers.With(CategoryColumn.Of("x3", [.. X.Select(row => (row[3] + 0).ToString(System.Globalization.CultureInfo.InvariantCulture))]));
        var table = new TrainingTable(features, target);
        return [.. features.Columns.Select(column => ColumnScores.Of(ScoreKind.MutualInformation, column, table, seed: 0)!.Value)];
    }
}
