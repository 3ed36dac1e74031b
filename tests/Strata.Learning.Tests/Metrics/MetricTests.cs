using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Xunit;

namespace Strata.Learning.Tests.Metrics;

public sealed class MetricTests
{
    public static TheoryData<string> ClassCases => [.. MetricFixture.Instance.Classes.Select(each => each.Name)];

    public static TheoryData<string> NumberCases => [.. MetricFixture.Instance.Numbers.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(ClassCases))]
    public void Class_metrics_are_scikit_learns(string name)
    {
        ClassCase fixture = MetricFixture.Instance.Case(name);

        foreach ((string metric, double expected) in fixture.Expected)
        {
            Metric.Named(metric).Of(fixture.Predictions, fixture.Target, fixture.Weights).ShouldBe(expected, 1e-12, metric);
        }
    }

    [Theory]
    [MemberData(nameof(NumberCases))]
    public void Number_metrics_are_scikit_learns(string name)
    {
        NumberCase fixture = MetricFixture.Instance.Numbers.Single(each => each.Name == name);
        var target = new NumberTarget("y", fixture.Truth);

        foreach ((string metric, double expected) in fixture.Expected)
        {
            double value = Metric.Named(metric).Of(Predictions.OfNumbers(fixture.Predicted), target, fixture.Weights, fixture.Groups);
            value.ShouldBe(expected, 1e-12 * Math.Max(1, Math.Abs(expected)), metric);
        }
    }

    [Fact]
    public void Every_metric_is_covered_by_the_fixture()
    {
        string[] covered = [.. MetricFixture.Instance.Classes.SelectMany(each => each.Expected.Keys), .. MetricFixture.Instance.Numbers.SelectMany(each => each.Expected.Keys)];

        Metric.All.Select(metric => metric.Name).ShouldBe(covered.Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void A_weight_of_two_equals_the_row_twice()
    {
        ClassCase fixture = MetricFixture.Instance.Case("five classes");
        double[] weights = [.. fixture.Truth.Select((_, row) => (double)(row % 3))];
        int[] repeated = [.. Enumerable.Range(0, weights.Length).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        Predictions predictions = Scored.Probabilities(fixture.ClassNames, [.. repeated.Select(row => fixture.Probabilities[row])]);

        foreach (Metric metric in Metric.For(LearningTask.MulticlassClassification))
        {
            metric.Of(fixture.Predictions, fixture.Target, weights).ShouldBe(metric.Of(predictions, fixture.Target.Take(repeated)), 1e-12, metric.Name);
        }
    }

    [Fact]
    public void Classes_are_matched_by_name_not_by_place()
    {
        Predictions predictions = Scored.OfYes(0.9, 0.2, 0.8);
        var target = new ClassTarget("answer", [0, 1, 0], ["yes", "no", "perhaps"]);

        Metric.Named("accuracy").Of(predictions, target).ShouldBe(1);
    }

    [Fact]
    public void A_true_class_that_the_model_does_not_know_is_named()
    {
        var target = new ClassTarget("answer", [0, 2, 1], ["yes", "no", "perhaps"]);

        Should.Throw<DataException>(() => Metric.Named("accuracy").Of(Scored.OfYes(0.9, 0.2, 0.8), target))
            .Message.ShouldBe("Target 'answer' has 'perhaps', which the model does not know; it predicts 'no', 'yes'.");
    }

    [Fact]
    public void Every_problem_of_the_input_is_named_at_once()
    {
        DataException error = Should.Throw<DataException>(() => Metric.Named("accuracy").Of(Scored.OfYes(0.9, double.NaN), Scored.YesNo(1, 0, 1), [1, -1, 2]));

        error.Problems.ShouldBe([
            "There are predictions for 2 rows but target 'answer' has 3.",
            "Weights are finite, at least 0 and not all 0.",
            "The prediction for row 2 is NaN, not a finite number.",
        ]);
        Should.Throw<DataException>(() => Metric.Named("accuracy").Of(Scored.OfYes(), Scored.YesNo())).Message.ShouldBe("There are no rows to evaluate.");
    }

    [Fact]
    public void A_metric_of_another_task_is_refused()
    {
        Should.Throw<DataException>(() => Metric.Named("r2").Of(Scored.OfYes(0.5), Scored.YesNo(1))).Message.ShouldContain("'r2' does not measure BinaryClassification");
        Should.Throw<DataException>(() => Metric.Named("roc_acu")).Message.ShouldBe("There is no metric 'roc_acu'. Did you mean 'roc_auc'?");
    }

    [Fact]
    public void The_roc_auc_of_one_class_is_undefined() =>
        Metric.Named("roc_auc").Of(Scored.OfYes(0.1, 0.9), Scored.YesNo(0, 0)).ShouldBe(double.NaN);

    [Fact]
    public void Top_3_accuracy_says_nothing_about_three_classes() =>
        Metric.Named("top_3_accuracy").Of(Scored.Probabilities(["a", "b", "c"], [[0.5, 0.3, 0.2]]), new ClassTarget("y", [0], ["a", "b", "c"])).ShouldBe(double.NaN);
}
