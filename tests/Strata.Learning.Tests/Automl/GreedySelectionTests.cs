using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public class GreedySelectionTests
{
    [Fact]
    public void Two_candidates_that_err_to_opposite_sides_are_found_in_their_proportion()
    {
        // The truth is two parts of the first and one of the second.
        double[] one = [0, 3, 6, 1], other = [3, 0, -3, 4];
        double[] truth = [.. one.Zip(other, (a, b) => (2 * a + b) / 3)];

        Weights("rmse", new NumberTarget("y", truth), [[9, 9, 9, 9], one, other]).ShouldBe([0, 2.0 / 3, 1.0 / 3], 1e-12);
    }

    [Fact]
    public void Of_equal_candidates_the_earlier_is_taken_and_it_alone()
    {
        double[] good = [1, 2, 3, 4];

        Weights("rmse", new NumberTarget("y", [1, 2, 3, 4]), [[0, 0, 0, 0], good, good]).ShouldBe([0, 1, 0]);
    }

    [Theory]
    [InlineData("roc_auc", LearningTask.BinaryClassification)]
    [InlineData("log_loss", LearningTask.BinaryClassification)]
    [InlineData("brier", LearningTask.BinaryClassification)]
    [InlineData("log_loss", LearningTask.MulticlassClassification)]
    [InlineData("f1_macro", LearningTask.MulticlassClassification)]
    [InlineData("rmse", LearningTask.Regression)]
    [InlineData("mae", LearningTask.Regression)]
    public void Weights_are_those_of_adding_whatever_helps_most_by_the_metric_itself(string name, LearningTask task)
    {
        var random = new RandomSource(4);
        Target target = task switch
        {
            LearningTask.Regression => new NumberTarget("y", [.. Enumerable.Range(0, 60).Select(_ => random.NextGaussian())]),
            LearningTask.BinaryClassification => new ClassTarget("y", [.. Enumerable.Range(0, 60).Select(_ => random.NextInt(2))], ["a", "b"]),
            _ => new ClassTarget("y", [.. Enumerable.Range(0, 60).Select(_ => random.NextInt(3))], ["a", "b", "c"]),
        };
        double[] weights = [.. Enumerable.Range(0, 60).Select(_ => 0.5 + random.NextDouble())];
        Predictions[] answers = [.. Enumerable.Range(0, 5).Select(_ => Noisy(target, random))];
        Metric metric = Metric.Named(name, task);
        var table = new TrainingTable(new Frame(new Float64Column("x", new double[60])), target, weights);
        var loss = new SelectionLoss(metric, table, 0);

        double[] found = GreedySelection.Weights([.. answers.Select(loss.Seen)], loss, rounds: 12, TestContext.Current.CancellationToken);

        found.ShouldBe(ByHand(answers, metric, table, rounds: 12), 1e-9);
        found.Count(weight => weight > 0).ShouldBeGreaterThan(1, "a mean of several is better here, or the test says little");
    }

    [Fact]
    public void Ties_count_half_in_the_area_under_the_curve_as_in_the_metric()
    {
        var random = new RandomSource(8);
        var target = new ClassTarget("y", [.. Enumerable.Range(0, 200).Select(_ => random.NextInt(2))], ["a", "b"]);
        double[] steps = [.. Enumerable.Range(0, 200).Select(_ => random.NextInt(5) / 5.0)];
        var answer = Predictions.OfProbabilities(target.Classes, steps, [.. steps.SelectMany(p => new[] { 1 - p, p })]);
        var table = new TrainingTable(new Frame(new Float64Column("x", new double[200])), target);
        Metric metric = Metric.Named("roc_auc");
        var loss = new SelectionLoss(metric, table, 0);

        loss.Of(loss.Seen(answer), 1).ShouldBe(-metric.Of(answer, target), 1e-12);
    }

    private static double[] Weights(string metric, Target target, double[][] answers)
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", new double[target.Count])), target);
        var loss = new SelectionLoss(Metric.Named(metric), table, 0);
        return GreedySelection.Weights([.. answers.Select(values => loss.Seen(Predictions.OfNumbers(values)))], loss, rounds: 20, TestContext.Current.CancellationToken);
    }

    private static Predictions Noisy(Target target, RandomSource random)
    {
        if (target is NumberTarget numbers)
        {
            return Predictions.OfNumbers([.. numbers.Values.Select(value => value + random.NextGaussian())]);
        }

        var classes = (ClassTarget)target;
        var values = new List<double>();
        foreach (int code in classes.Codes)
        {
            double[] shares = [.. classes.Classes.Select((_, own) => 0.1 + random.NextDouble() + (own == code ? 0.4 : 0))];
            values.AddRange(shares.Select(share => share / shares.Sum()));
        }

        double[] all = [.. values];
        return Predictions.OfProbabilities(classes.Classes, all, all);
    }

    /// <summary>The same rule with nothing made quick: every sum is measured by the metric.</summary>
    private static double[] ByHand(Predictions[] answers, Metric metric, TrainingTable table, int rounds)
    {
        var counts = new double[answers.Length];
        double[] best = [];
        double bestScore = double.NegativeInfinity;
        for (int round = 1; round <= rounds; round++)
        {
            double[] scores = [.. answers.Select((_, next) => Score([.. counts.Select((count, i) => (count + (i == next ? 1 : 0)) / round)]))];
            counts[Array.FindIndex(scores, score => score >= scores.Max() - 1e-12)]++;
            if (scores.Max() > bestScore + 1e-12)
            {
                (best, bestScore) = ([.. counts.Select(count => count / round)], scores.Max());
            }
        }

        return best;

        double Score(double[] weights)
        {
            double[] mean = [.. Enumerable.Range(0, answers[0].Values.Length).Select(i => answers.Select((answer, member) => weights[member] * answer.Values[i]).Sum())];
            Predictions together = table.Target is ClassTarget classes ? Predictions.OfProbabilities(classes.Classes, mean, mean) : Predictions.OfNumbers(mean);
            return (metric.HigherIsBetter ? 1 : -1) * metric.Of(together, table.Target, table.Weights);
        }
    }
}
