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

        Metric.All.Select(metric => metric.Name).Union(Metric.Families.Select(family => family.Name))
            .ShouldBe(covered.Select(name => name.Split(':')[0]).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void A_weight_of_two_equals_the_row_twice()
    {
        ClassCase fixture = MetricFixture.Instance.Case("five classes");
        double[] weights = [.. fixture.Truth.Select((_, row) => (double)(row % 3))];
        int[] repeated = [.. Enumerable.Range(0, weights.Length).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        Predictions predictions = Scored.Probabilities(fixture.ClassNames, [.. repeated.Select(row => fixture.Probabilities[row])]);

        IEnumerable<Metric> all = Metric.All.Concat(Metric.Families.Select(family => family.Example));
        foreach (Metric metric in all.Where(metric => metric.Tasks.Contains(LearningTask.MulticlassClassification) && metric.Name != "top_k_accuracy:5"))
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
    }

    [Theory]
    [InlineData("roc_acu", "There is no metric 'roc_acu'. Did you mean 'roc_auc'? There are: accuracy, ")]
    [InlineData("nonsense", "There is no metric 'nonsense'. There are: accuracy, ")]
    [InlineData("fbeta:2", "There is no metric 'fbeta:2'. Did you mean 'f_beta:2'? There are: accuracy, ")]
    [InlineData("r2:3", "There is no metric 'r2:3'. 'r2' takes no number. There are: accuracy, ")]
    [InlineData("f_beta", "Metric 'f_beta' takes a beta behind a colon: a number from 0 to 1000, such as f_beta:2.")]
    [InlineData("f_beta:-1", "Metric 'f_beta' with a beta of -1: it takes a number from 0 to 1000, such as f_beta:2.")]
    [InlineData("f_beta_macro:two", "Metric 'f_beta_macro' with a beta of 'two': it takes a number from 0 to 1000, such as f_beta_macro:2.")]
    [InlineData("top_k_accuracy:2.5", "Metric 'top_k_accuracy' with a k of 2.5: it takes a whole number from 1 to 10000, such as top_k_accuracy:5.")]
    [InlineData("pinball:1.1", "Metric 'pinball' with a quantile of 1.1: it takes a number from 0 to 1, such as pinball:0.9.")]
    [InlineData("huber:NaN", "Metric 'huber' with a delta of NaN: it takes a number above 0, such as huber:1.")]
    [InlineData("d2_tweedie:0.5", "Metric 'd2_tweedie' with a power of 0.5: it takes a number up to 0, or from 1 to 10, such as d2_tweedie:1.5.")]
    public void A_name_that_is_none_is_answered_with_what_there_is(string name, string start)
    {
        string message = Should.Throw<DataException>(() => Metric.Named(name)).Message;

        message.ShouldStartWith(start);
        if (start.EndsWith("accuracy, ", StringComparison.Ordinal))
        {
            message.ShouldContain("f_beta:BETA (a number from 0 to 1000)");
            message.ShouldContain("ndcg:PLACES (a whole number from 1 to 10000)");
        }
    }

    [Fact]
    public void Only_metrics_of_the_task_are_offered_for_it()
    {
        string message = Should.Throw<DataException>(() => Metric.Named("pinball:0.9", LearningTask.BinaryClassification)).Message;

        message.ShouldStartWith("There is no metric 'pinball:0.9' for classes.");
        message.ShouldContain("f_beta:BETA");
        message.ShouldNotContain("rmse");
        Should.Throw<DataException>(() => Metric.Named("rmse", LearningTask.Clustering)).Message.ShouldContain("without a target");
    }

    [Fact]
    public void The_number_behind_a_name_is_written_in_one_way()
    {
        Metric.Named("f_beta:2.00").Name.ShouldBe("f_beta:2");
        Metric.Named("pinball:9e-1").Name.ShouldBe("pinball:0.9");
        Metric.Named("tweedie_deviance:-1").HigherIsBetter.ShouldBeFalse();
    }

    [Fact]
    public void A_metric_that_is_asked_for_stands_beside_the_usual_ones()
    {
        var evaluation = Evaluation.Of(Scored.OfYes(0.9, 0.2, 0.8), Scored.YesNo(1, 0, 0), further: [Metric.Named("f_beta:2"), Metric.Named("roc_auc")]);

        evaluation.Metrics["f_beta:2"].ShouldBe(5 * 0.5 / 3, 1e-12);
        evaluation.Metrics.Keys.ShouldBe([.. Evaluation.Of(Scored.OfYes(0.9, 0.2, 0.8), Scored.YesNo(1, 0, 0)).Metrics.Keys, "f_beta:2"]);
    }

    [Fact]
    public void The_roc_auc_of_one_class_is_undefined() =>
        Metric.Named("roc_auc").Of(Scored.OfYes(0.1, 0.9), Scored.YesNo(0, 0)).ShouldBe(double.NaN);

    [Fact]
    public void Top_3_accuracy_says_nothing_about_three_classes() =>
        Metric.Named("top_3_accuracy").Of(Scored.Probabilities(["a", "b", "c"], [[0.5, 0.3, 0.2]]), new ClassTarget("y", [0], ["a", "b", "c"])).ShouldBe(double.NaN);
}
