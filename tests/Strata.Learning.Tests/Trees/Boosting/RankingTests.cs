using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Boosting;

public sealed class RankingTests
{
    private static FitContext Context => new() { Seed = 5, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    /// <summary>Queries whose rows' relevance follows two columns; a third column and a query's own level say nothing about the order.</summary>
    internal static TrainingTable Queries(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        var (x, y, groups) = (new List<double>[] { [], [], [] }, new List<double>(), new List<int>());
        for (int query = 0; query < count; query++)
        {
            double level = 3 * random.NextGaussian();
            for (int row = 0; row < 8 + random.NextInt(20); row++)
            {
                double a = random.NextGaussian(), b = random.NextGaussian();
                x[0].Add(a);
                x[1].Add(b);
                x[2].Add(level);
                y.Add(Math.Clamp(Math.Round(1.2 + a + 0.8 * Math.Sin(2 * b) + 0.6 * random.NextGaussian()), 0, 4));
                groups.Add(query);
            }
        }

        // Rows of a query need not lie together.
        int[] order = [.. Enumerable.Range(0, y.Count)];
        random.Shuffle<int>(order);
        return new TrainingTable(new Frame(x.Select((column, i) => new Float64Column($"x{i}", [.. column]))), new NumberTarget("relevance", [.. y]), groups: [.. groups]).Take(order);
    }

    private static double Ndcg(GradientBoostingModel model, TrainingTable table) => Metric.Named("ndcg_10").Of(model.Predict(table.Features), table.Target, null, table.Groups);

    [Theory]
    [InlineData(BoostingObjective.LambdaRank)]
    [InlineData(BoostingObjective.PairwiseRank)]
    public void Rows_of_unseen_queries_are_put_in_order(BoostingObjective objective)
    {
        TrainingTable train = Queries(120, 1), test = Queries(80, 2);
        var recipe = new GradientBoosting { Objective = objective, Trees = 60, LearningRate = 0.1, MinRowsPerLeaf = 5 };

        GradientBoostingModel model = recipe.Fit(train, Context);

        // Without noise the order by the true score would be the best there is.
        double[] best = [.. Enumerable.Range(0, test.RowCount).Select(row => test.Features["x0"].NumberAt(row) + 0.8 * Math.Sin(2 * test.Features["x1"].NumberAt(row)))];
        double possible = Metric.Named("ndcg_10").Of(Predictions.OfNumbers(best), test.Target, null, test.Groups);
        Ndcg(model, test).ShouldBeGreaterThan(0.96 * possible);
        model.Link.ShouldBe(ScoreLink.Identity);
        model.Trees.BaseScores.ShouldBe([0.0]);
    }

    [Fact]
    public void Early_stopping_holds_whole_queries_back_and_goes_by_the_ndcg()
    {
        TrainingTable table = Queries(80, 3);
        var seen = new List<IReadOnlyDictionary<string, double>>();
        var recipe = new GradientBoosting { Objective = BoostingObjective.LambdaRank, Trees = 200, LearningRate = 0.3, MinRowsPerLeaf = 5, EarlyStoppingRounds = 10, ValidationFraction = 0.3 };

        GradientBoostingModel model = recipe.Fit(table, Context with { Watched = Queries(20, 4), Progress = new Each(report => seen.Add(report.Metrics)) });

        double[] validation = [.. seen.Select(metrics => metrics["validation_ndcg"])];
        model.Trees.TreeCount.ShouldBe(Array.IndexOf(validation, validation.Max()) + 1);
        seen.ShouldAllBe(metrics => metrics["watched_ndcg"] > 0 && metrics["watched_ndcg"] <= 1 && metrics["train_ndcg"] <= 1);
        (model.Trees.RowCount[0] / (double)table.RowCount).ShouldBeInRange(0.6, 0.8);
    }

    [Fact]
    public void A_querys_weight_is_that_of_its_rows()
    {
        TrainingTable table = Queries(40, 5);
        var without = table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => table.Groups![row] % 2 == 0)]);
        var weighted = new TrainingTable(table.Features, table.Target, [.. table.Groups!.Select(group => group % 2 == 0 ? 1.0 : 0)], table.Groups);
        var recipe = new GradientBoosting { Objective = BoostingObjective.LambdaRank, Trees = 10, MinRowsPerLeaf = 5 };

        double[] expected = recipe.Fit(without, Context).Predict(table.Features).Values;

        recipe.Fit(weighted, Context).Predict(table.Features).Values.ShouldBe(expected, 1e-9);
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
