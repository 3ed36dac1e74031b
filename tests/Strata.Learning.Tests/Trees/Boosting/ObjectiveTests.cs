using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Boosting;

public sealed class ObjectiveTests
{
    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    /// <summary>One column whose two values have targets of their own, so that the best prediction of each objective is known.</summary>
    private static TrainingTable TwoGroups(double[] low, double[] high) => new(
        new Frame(new Float64Column("x", [.. low.Select(_ => 0.0), .. high.Select(_ => 1.0)])), new NumberTarget("y", [.. low, .. high]));

    [Theory]
    [InlineData(BoostingObjective.SquaredError, 3.6, 130)]
    [InlineData(BoostingObjective.AbsoluteError, 3, 20)]
    [InlineData(BoostingObjective.Quantile, 6, 300)]
    [InlineData(BoostingObjective.Poisson, 3.6, 130)]
    [InlineData(BoostingObjective.Gamma, 3.6, 130)]
    [InlineData(BoostingObjective.Tweedie, 3.6, 130)]
    public void Each_objective_predicts_what_it_is_for(BoostingObjective objective, double low, double high)
    {
        TrainingTable table = TwoGroups([1, 2, 3, 4, 8], [10, 10, 20, 210, 400]);
        var recipe = new GradientBoosting { Objective = objective, Quantile = 0.8, Trees = 400, LearningRate = 0.1, MinRowsPerLeaf = 0, MinChildHessian = 0 };

        GradientBoostingModel model = recipe.Fit(table, Context);

        double[] predicted = model.Predict(table.Features).Values;
        predicted[0].ShouldBe(low, 0.02 * low);
        predicted[5].ShouldBe(high, 0.02 * high);
        model.Objective.ShouldBe(objective);
    }

    [Fact]
    public void Huber_predicts_the_mean_of_near_targets_and_is_not_drawn_far_by_far_ones()
    {
        TrainingTable table = TwoGroups([1, 2, 3, 1000], [10, 11, 12, 13]);

        double[] predicted = new GradientBoosting { Objective = BoostingObjective.Huber, HuberDelta = 5, Trees = 2000, LearningRate = 0.3, MinRowsPerLeaf = 1 }.Fit(table, Context).Predict(table.Features).Values;

        // Three slopes s - y and one of -5 cancel at s = 11/3.
        predicted[0].ShouldBe(11 / 3.0, 0.01);
        predicted[4].ShouldBe(11.5, 0.01);
    }

    [Theory]
    [InlineData(BoostingObjective.Poisson, -2, "a number from 0")]
    [InlineData(BoostingObjective.Tweedie, -2, "a number from 0")]
    [InlineData(BoostingObjective.Gamma, 0, "a number above 0")]
    [InlineData(BoostingObjective.LambdaRank, 1.5, "a relevance")]
    public void Targets_that_an_objective_cannot_take_are_named_by_row_and_value(BoostingObjective objective, double bad, string expected)
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 2, 3])), new NumberTarget("y", [1, bad, bad]), groups: [0, 0, 1]);

        string message = Should.Throw<DataException>(() => new GradientBoosting { Objective = objective }.Fit(table, Context)).Message;

        message.ShouldContain(FormattableString.Invariant($"Row 2 of target 'y' is {bad}"));
        message.ShouldContain("Row 3");
        message.ShouldContain(expected);
    }

    [Fact]
    public void Objectives_and_settings_that_do_not_fit_are_refused()
    {
        TrainingTable classes = SampleTables.Mixed(LearningTask.BinaryClassification), numbers = SampleTables.Mixed(LearningTask.Regression);
        string Message(GradientBoosting recipe, TrainingTable table) => Should.Throw<DataException>(() => recipe.Fit(table, Context)).Message;

        Message(new GradientBoosting { Objective = BoostingObjective.Poisson }, classes).ShouldContain("log_loss");
        Message(new GradientBoosting { Objective = BoostingObjective.Softmax }, classes).ShouldContain("softmax");
        Message(new GradientBoosting { Objective = BoostingObjective.LambdaRank }, SampleTables.Numbers(LearningTask.Regression)).ShouldContain("group");
        Message(new GradientBoosting { GradientSampling = true, RowFraction = 0.5 }, numbers).ShouldContain("row_fraction");
        Message(new GradientBoosting { GradientSampling = true, TopRate = 0.7, OtherRate = 0.5 }, numbers).ShouldContain("top_rate");
        Message(new GradientBoosting { Objective = BoostingObjective.AbsoluteError, Monotone = "mass:+1" }, numbers).ShouldContain("monotone");
        Message(new GradientBoosting { EarlyStoppingRounds = 5, EarlyStoppingMetric = "roc_acu" }, classes).ShouldContain("'roc_auc'");
    }

    [Theory]
    [InlineData(BoostingObjective.Poisson)]
    [InlineData(BoostingObjective.Gamma)]
    [InlineData(BoostingObjective.Tweedie)]
    [InlineData(BoostingObjective.SquaredError)]
    public void Heavy_tails_give_the_trees_of_double_precision(BoostingObjective objective)
    {
        // Lognormal targets over seven powers of ten: most derivatives are tiny beside the largest.
        var random = new RandomSource(8);
        const int rows = 4_000;
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => (double)random.NextInt(8))];
        double[] y = [.. x.Select(value => Math.Exp(value / 2 + 2.5 * random.NextGaussian()))];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", y));
        var recipe = new GradientBoosting { Objective = objective, Trees = 1, LearningRate = 1, MinRowsPerLeaf = 1, MinChildHessian = 0, MaxLeaves = 8 };

        GradientBoostingModel model = recipe.Fit(table, Context);

        double mean = y.Average(), score = objective == BoostingObjective.SquaredError ? mean : Math.Log(mean);
        (double G, double H) Derivatives(double target) => objective switch
        {
            BoostingObjective.Poisson => (mean - target, mean * Math.Exp(0.7)),
            BoostingObjective.Gamma => (1 - target / mean, target / mean),
            BoostingObjective.Tweedie => (Math.Sqrt(mean) - target / Math.Sqrt(mean), 0.5 * Math.Sqrt(mean) + 0.5 * target / Math.Sqrt(mean)),
            _ => (mean - target, 1),
        };
        model.Trees.NodeCount.ShouldBe(15);
        double[] raw = model.Predict(new Frame(new Float64Column("x", [0, 1, 2, 3, 4, 5, 6, 7]))).RawScores;
        for (int value = 0; value < 8; value++)
        {
            (double G, double H)[] own = [.. y.Where((_, row) => x[row] == value).Select(Derivatives)];
            double step = -own.Sum(one => one.G) / own.Sum(one => one.H);
            (raw[value] - score).ShouldBe(step, 0.01 * Math.Abs(step));
        }
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("quantile")]
    [InlineData("gradient sampling")]
    [InlineData("dropped rounds")]
    [InlineData("ranking")]
    public void Large_tables_give_the_same_bits_with_any_number_of_threads(string kind)
    {
        GradientBoosting plain = new() { Trees = 6, LearningRate = 0.5, MinRowsPerLeaf = 5 };
        TrainingTable numbers = SampleTables.Numbers(LearningTask.Regression, 40_000);
        double[] skewed = [.. ((NumberTarget)numbers.Target).Values.Select(value => Math.Round(Math.Exp(value - 8)))];
        (GradientBoosting recipe, Target target) = kind switch
        {
            "poisson" => (plain with { Objective = BoostingObjective.Poisson }, new NumberTarget("y", skewed)),
            "quantile" => (plain with { Objective = BoostingObjective.Quantile, Quantile = 0.9 }, numbers.Target),
            "gradient sampling" => (plain with { GradientSampling = true }, numbers.Target),
            "dropped rounds" => (plain with { DropRate = 0.5, SkipDrop = 0 }, numbers.Target),
            _ => (plain with { Objective = BoostingObjective.LambdaRank }, new NumberTarget("y", [.. skewed.Select(value => Math.Min(value, 4))])),
        };
        var table = new TrainingTable(numbers.Features, target, groups: [.. skewed.Select((_, row) => row / 20)]);
        TreeEnsemble alone = recipe.Fit(table, Context with { Threads = 1 }).Trees;

        foreach (int threads in new[] { 2, 4 })
        {
            TreeEnsemble together = recipe.Fit(table, Context with { Threads = threads }).Trees;
            together.Threshold.ShouldBe(alone.Threshold);
            together.Value.ShouldBe(alone.Value);
        }
    }

    [Fact]
    public void Balanced_classes_count_for_the_same_and_the_positive_one_can_count_for_more()
    {
        int[] codes = [.. Enumerable.Range(0, 400).Select(row => row % 10 == 0 ? 1 : 0)];
        var table = new TrainingTable(new Frame(new Float64Column("x", [.. codes.Select((_, row) => (double)(row % 7))])), new ClassTarget("y", codes, ["no", "yes"]));
        double Mean(GradientBoosting recipe) => Enumerable.Range(0, 400).Average(row => recipe.Fit(table, Context).Predict(table.Features.Take([row])).Probability(0, 1));
        var recipe = new GradientBoosting { Trees = 1, MaxLeaves = 2, LearningRate = 1e-6 };

        Mean(recipe).ShouldBe(0.1, 1e-4);
        Mean(recipe with { ClassWeights = ClassBalance.Balanced }).ShouldBe(0.5, 1e-4);
        Mean(recipe with { ScalePositive = 3 }).ShouldBe(0.25, 1e-4);
    }

    [Fact]
    public void Going_on_from_a_model_keeps_its_objective()
    {
        TrainingTable table = TwoGroups([1, 2, 3, 4, 8], [10, 10, 20, 210, 400]);
        var recipe = new GradientBoosting { Objective = BoostingObjective.Poisson, Trees = 20, LearningRate = 0.1, MinRowsPerLeaf = 1 };
        GradientBoostingModel first = recipe.Fit(table, Context);

        GradientBoostingModel further = (recipe with { Objective = BoostingObjective.Automatic }).ContinueFit(first, table, Context);

        further.Objective.ShouldBe(BoostingObjective.Poisson);
        double[] once = (recipe with { Trees = 40 }).Fit(table, Context).Predict(table.Features).Values;
        further.Predict(table.Features).Values.ShouldBe(once, 0.01);
        Should.Throw<DataException>(() => (recipe with { Objective = BoostingObjective.SquaredError }).ContinueFit(first, table, Context)).Message.ShouldContain("squared_error");
    }
}
