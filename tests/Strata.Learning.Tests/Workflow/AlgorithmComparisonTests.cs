using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Comparison;
using Strata.Learning.Workflow;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class AlgorithmComparisonTests
{
    private static readonly FitContext Context = new() { Threads = 1 };

    [Fact]
    public void All_get_the_same_folds_and_the_best_comes_first()
    {
        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("decision_tree(max_depth=2), logistic_regression"), Table(LearningTask.BinaryClassification), Context);

        comparison.Metric.ShouldBe("log_loss");
        comparison.Algorithms.Select(one => one.Name).ShouldBe(["logistic_regression", "decision_tree(max_depth=2)", "baseline"], ignoreOrder: true);
        comparison.Algorithms.Select(one => one.Scores.Average()).ShouldBeInOrder();
        comparison.Algorithms[^1].Name.ShouldBe("baseline");
        comparison.Best!.AgainstBest.ShouldBeNull();
        Difference last = comparison.Algorithms[^1].AgainstBest!;
        last.Mean.ShouldBe(comparison.Algorithms[^1].Scores.Average() - comparison.Best.Scores.Average(), 1e-12);
        last.PValue.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_score_is_what_cross_validation_of_the_same_recipe_gives()
    {
        TrainingTable sample = SampleTables.Numbers(LearningTask.Regression);
        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("decision_tree") with { Metric = "mae" }, Table(sample), Context);

        CrossValidation alone = CrossValidation.Run(new Strata.Learning.Trees.DecisionTree(), sample, 4, Context);

        ComparedAlgorithm tree = comparison.Algorithms.Single(one => one.Name == "decision_tree");
        tree.Scores.ShouldBe(alone.Folds.Select(fold => fold.Evaluation.Metrics["mae"]), 1e-12);
        tree.Metrics["mae"].ShouldBe(alone.Metrics["mae"]);
    }

    [Fact]
    public void Each_fold_is_told_as_soon_as_it_is_done()
    {
        var told = new List<ComparedFold>();
        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("decision_tree(max_depth=2)"), Table(LearningTask.Regression), Context, new Listed(told));

        told.Select(fold => (fold.Name, fold.Fold)).ShouldBe(from name in new[] { "decision_tree(max_depth=2)", "baseline" } from fold in Enumerable.Range(0, 4) select (name, fold));
        told.Take(4).Select(fold => fold.Score).ShouldBe(comparison.Best!.Scores);
        comparison.Best.Algorithm.ShouldBe("decision_tree");
        comparison.Best.Hyperparameters["max_depth"]!.GetValue<string>().ShouldBe("2");
    }

    [Fact]
    public void Probabilities_are_calibrated_before_they_are_compared()
    {
        TrainingTable sample = SampleTables.Mixed(LearningTask.BinaryClassification, 400);
        ComparisonPlan plan = Plan("gaussian_naive_bayes");

        ComparedAlgorithm asItIs = AlgorithmComparison.Run(plan, Table(sample), Context).Algorithms.Single(one => one.Algorithm == "gaussian_naive_bayes");
        ComparedAlgorithm calibrated = AlgorithmComparison.Run(plan with { Plan = plan.Plan with { Calibration = Strata.Learning.Validation.Calibration.CalibrationMethod.Platt } }, Table(sample), Context)
            .Algorithms.Single(one => one.Algorithm == "gaussian_naive_bayes");

        calibrated.Metrics["roc_auc"].Mean.ShouldBe(asItIs.Metrics["roc_auc"].Mean, 1e-9);
        calibrated.Metrics["log_loss"].Mean.ShouldNotBe(asItIs.Metrics["log_loss"].Mean);
    }

    [Fact]
    public void A_metric_with_a_number_ranks_like_any_other()
    {
        TrainingTable sample = SampleTables.Numbers(LearningTask.Regression);

        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("ridge") with { Metric = "pinball:0.90" }, Table(sample), Context);

        comparison.Metric.ShouldBe("pinball:0.9");
        comparison.Best!.Metrics["pinball:0.9"].Mean.ShouldBe(comparison.Best.Scores.Average(), 1e-12);
    }

    [Fact]
    public void A_metric_where_more_is_better_ranks_the_highest_first()
    {
        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("logistic_regression") with { Metric = "roc_auc" }, Table(LearningTask.BinaryClassification), Context);

        comparison.Best!.Name.ShouldBe("logistic_regression");
        comparison.Algorithms[1].AgainstBest!.Mean.ShouldBeLessThan(0);
    }

    [Fact]
    public void An_algorithm_that_cannot_learn_the_rows_says_why_and_the_others_go_on()
    {
        AlgorithmComparison comparison = AlgorithmComparison.Run(Plan("gamma_regression, ridge"), Table(LearningTask.Regression, shift: -100), Context);

        ComparedAlgorithm refused = comparison.Algorithms[^1];
        refused.Name.ShouldBe("gamma_regression");
        refused.Problem.ShouldNotBeNullOrEmpty();
        refused.AgainstBest.ShouldBeNull();
        comparison.Best!.Name.ShouldBe("ridge");
    }

    [Fact]
    public void What_an_algorithm_may_take_is_kept_and_the_others_get_their_turn()
    {
        AlgorithmComparison comparison = AlgorithmComparison.Run(
            Plan("gradient_boosting(trees=10000, max_leaves=200), ridge") with { TimeEach = TimeSpan.FromMilliseconds(500) }, Table(LearningTask.Regression, rows: 4000), Context);

        comparison.Best!.Name.ShouldBe("ridge");
        comparison.Algorithms[^1].Problem!.ShouldContain("its time was up after");
    }

    [Fact]
    public void When_the_time_for_all_is_up_the_rest_is_not_begun()
    {
        AlgorithmComparison comparison = AlgorithmComparison.Run(
            Plan("gradient_boosting(trees=10000, max_leaves=200), ridge") with { TimeInAll = TimeSpan.FromMilliseconds(300) }, Table(LearningTask.Regression, rows: 4000), Context);

        comparison.Best.ShouldBeNull();
        comparison.Algorithms.ShouldAllBe(one => one.Problem!.Contains("the time for all was up", StringComparison.Ordinal));
        comparison.Algorithms[^1].Scores.ShouldBeEmpty();
    }

    [Fact]
    public void A_comparison_that_is_cancelled_throws()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => AlgorithmComparison.Run(Plan("ridge"), Table(LearningTask.Regression), Context with { Cancellation = cancellation.Token }));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        DataException refused = Should.Throw<DataException>(() => AlgorithmComparison.Run(Plan("ridgee, logistic_regression, lasso(alhpa=1)"), Table(LearningTask.Regression), Context));

        refused.Problems.Count.ShouldBe(3);
        refused.Message.ShouldContain("Did you mean 'ridge'?");
    }

    private static ComparisonPlan Plan(string algorithms) => new() { Plan = new TrainingPlan { Target = "outcome" }, Algorithms = [algorithms], Folds = 4 };

    private static Frame Table(LearningTask task, int rows = 300, double shift = 0) => Table(SampleTables.Mixed(task, rows), shift);

    private static Frame Table(TrainingTable sample, double shift = 0) => sample.Features.With(sample.Target is NumberTarget numbers
        ? new Float64Column("outcome", [.. numbers.Values.Select(value => value + shift)])
        : new CategoryColumn("outcome", ((ClassTarget)sample.Target).Codes, sample.Target.Classes));

    private sealed class Listed(List<ComparedFold> told) : IProgress<ComparedFold>
    {
        public void Report(ComparedFold value) => told.Add(value);
    }
}
