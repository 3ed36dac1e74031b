using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class AlgorithmChoiceTests
{
    private static readonly FitContext Context = new() { Threads = 1 };

    [Fact]
    public void The_best_on_the_training_rows_is_tuned_and_tested_on_rows_that_it_has_not_seen()
    {
        AlgorithmChoice choice = AlgorithmChoice.Run(Plan("decision_tree(max_depth=2)", "logistic_regression") with { Trials = 4 }, Table(), Context);

        choice.Best.ShouldBe(choice.Comparison.Best);
        choice.Training.Plan.Algorithm.ShouldBe("logistic_regression");
        choice.Tuning!.Trials.Count.ShouldBe(4);
        choice.Comparison.RowCount.ShouldBe(choice.Training.TrainingRows);
        choice.Training.TrainingRows.ShouldBe(300 - choice.Training.Test.Table.RowCount);
        choice.Training.Evaluation.Metrics["roc_auc"].ShouldBeGreaterThan(0.8);
        choice.Training.Notes[0].ShouldStartWith("logistic_regression was the best of 3 by log_loss");
    }

    [Fact]
    public void The_rows_of_the_test_choose_nothing()
    {
        Frame table = Table();
        ChoicePlan plan = Plan("decision_tree(max_depth=2)", "logistic_regression") with { Trials = 2 };
        AlgorithmChoice first = AlgorithmChoice.Run(plan, table, Context);
        var tested = first.Training.Test.RowNumbers.ToHashSet();
        Column spoilt = table.Columns.First(column => column is Float64Column { Name: not "outcome" });
        var numbers = new double[table.RowCount];
        spoilt.CopyNumbers(numbers);
        Frame other = table.With(new Float64Column(spoilt.Name, [.. numbers.Select((number, row) => tested.Contains(row) ? -1000 - number : number)]));

        AlgorithmChoice second = AlgorithmChoice.Run(plan, other, Context);

        second.Comparison.Algorithms.Select(one => one.Scores).ShouldBe(first.Comparison.Algorithms.Select(one => one.Scores));
        second.Tuning!.Best.Value.ShouldBe(first.Tuning!.Best.Value);
        second.Training.Evaluation.Metrics["log_loss"].ShouldNotBe(first.Training.Evaluation.Metrics["log_loss"]);
    }

    [Fact]
    public void Settings_that_are_given_are_kept_and_an_algorithm_without_others_is_taken_as_it_is()
    {
        AlgorithmChoice tuned = AlgorithmChoice.Run(Plan("decision_tree(max_depth=3)") with { Trials = 2 }, Table(), Context);
        tuned.Training.Plan.Hyperparameters["max_depth"]!.GetValue<string>().ShouldBe("3");

        AlgorithmChoice plain = AlgorithmChoice.Run(Plan("decision_tree(max_depth=3)") with { Trials = 0 }, Table(), Context);
        plain.Tuning.ShouldBeNull();
        plain.Training.Notes[0].ShouldEndWith("It was taken with its usual settings.");
        AlgorithmChoice.Run(Plan("baseline"), Table(), Context).Tuning.ShouldBeNull();
    }

    [Fact]
    public void Where_there_is_hardly_time_the_quickest_is_taken_untuned()
    {
        AlgorithmChoice choice = AlgorithmChoice.Run(Plan("random_forest(trees=100000)", "baseline") with { TimeLimit = 2 }, Table(), Context);
        choice.Best.Algorithm.ShouldBe("baseline");
        choice.Comparison.Algorithms[^1].Problem!.ShouldContain("time");
    }

    [Fact]
    public void Without_names_the_usual_algorithms_of_the_task_are_compared()
    {
        UsualAlgorithms.For(LearningTask.BinaryClassification, Table()).ShouldBe(["logistic_regression", "k_nearest_neighbors", "extra_trees", "random_forest", "gradient_boosting", "mlp"]);
        UsualAlgorithms.For(LearningTask.Regression, Table())[0].ShouldBe("ridge");
        var series = new Frame([new ArrayColumn("s", ColumnType.Series, ArrayColumn.OneChannel, [[1, 2]])]);
        UsualAlgorithms.For(LearningTask.Regression, series).ShouldBe(["minirocket", "cnn1d", "ridge", "random_forest"]);
        foreach (string name in UsualAlgorithms.For(LearningTask.Regression, series).Concat(UsualAlgorithms.For(LearningTask.BinaryClassification, Table())))
        {
            _ = Learning.Catalog.Algorithms.Named(name);
        }
    }

    [Fact]
    public void A_plan_that_makes_no_sense_is_refused()
    {
        Should.Throw<DataException>(() => (Plan("decision_tree") with { TimeLimit = 0, Trials = -1 }).Check()).Problems.Count.ShouldBe(2);
        Should.Throw<DataException>(() => (Plan("decision_treee", "ridge(alfa=3)") with { Folds = 1, Metric = "goodness" }).Check()).Problems.Count.ShouldBe(4);
    }

    private static ChoicePlan Plan(params string[] algorithms) => new() { Training = new TrainingPlan { Target = "outcome", Seed = 1, Threads = 1 }, Algorithms = algorithms, Folds = 3 };

    private static Frame Table()
    {
        TrainingTable sample = SampleTables.Mixed(LearningTask.BinaryClassification);
        return sample.Features.With(new CategoryColumn("outcome", ((ClassTarget)sample.Target).Codes, sample.Target.Classes));
    }
}
