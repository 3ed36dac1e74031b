using Shouldly;
using Strata.Learning.Losses;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Losses;

public sealed class RankingLossTests
{
    private static (float[] Relevances, float[] Scores) Sample(int rows)
    {
        var random = new RandomSource(3);
        return ([.. Enumerable.Range(0, rows).Select(_ => (float)random.NextInt(4))], [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextGaussian())]);
    }

    private static (float[] Gradients, float[] Hessians) Of(RankingLoss loss, float[] relevances, float[] scores)
    {
        float[] g = new float[scores.Length], h = new float[scores.Length];
        loss.Derivatives(new LossBlock(relevances, [.. scores.Select(_ => 1f)], scores, scores.Length), g, h);
        return (g, h);
    }

    [Fact]
    public void Pairwise_derivatives_are_those_of_the_formula()
    {
        var (relevances, scores) = Sample(9);
        double Loss(double[] at) => (from i in Enumerable.Range(0, 9) from j in Enumerable.Range(0, 9) where relevances[i] > relevances[j] select Math.Log(1 + Math.Exp(at[j] - at[i]))).Sum();

        var (g, h) = Of(new PairwiseRankLoss(5), relevances, scores);

        const double step = 1e-4;
        for (int row = 0; row < 9; row++)
        {
            double At(double by) => Loss([.. scores.Select((score, i) => score + (i == row ? by : 0))]);
            g[row].ShouldBe((float)((At(step) - At(-step)) / (2 * step)), 1e-4f);
            h[row].ShouldBe((float)((At(step) - 2 * At(0) + At(-step)) / (step * step)), 1e-4f);
        }
    }

    [Fact]
    public void Lambdas_are_the_pairs_logistic_gradients_by_the_change_of_ndcg_when_the_pair_changes_places()
    {
        var (relevances, scores) = Sample(12);
        double Dcg(int[] order) => order.Take(4).Select((row, place) => (Math.Pow(2, relevances[row]) - 1) / Math.Log2(place + 2)).Sum();
        int[] order = [.. Enumerable.Range(0, 12).OrderByDescending(row => scores[row])];
        double best = Dcg([.. Enumerable.Range(0, 12).OrderByDescending(row => relevances[row])]);
        double[] expected = new double[12];
        double total = 0;
        for (int i = 0; i < 12; i++)
        {
            for (int j = i + 1; j < 12; j++)
            {
                var (a, b) = (order[i], order[j]);
                if (relevances[a] == relevances[b] || i >= 4)
                {
                    continue;
                }

                // LightGBM counts the discounts of places beyond the truncation too.
                double change = Math.Abs((Math.Pow(2, relevances[a]) - Math.Pow(2, relevances[b])) * (1 / Math.Log2(i + 2) - 1 / Math.Log2(j + 2))) / best / (0.01 + Math.Abs(scores[a] - scores[b]));
                var (high, low) = relevances[a] > relevances[b] ? (a, b) : (b, a);
                double lambda = change / (1 + Math.Exp(scores[high] - scores[low]));
                expected[high] -= lambda;
                expected[low] += lambda;
                total += 2 * lambda;
            }
        }

        var (g, h) = Of(new LambdaRankLoss(4), relevances, scores);

        for (int row = 0; row < 12; row++)
        {
            g[row].ShouldBe((float)(expected[row] * Math.Log2(1 + total) / total), 1e-5f);
            h[row].ShouldBeGreaterThanOrEqualTo(0);
        }

        g.Sum(value => (double)value).ShouldBe(0, 1e-5);
    }

    [Fact]
    public void The_metric_is_one_for_the_best_order_and_for_queries_without_anything_relevant()
    {
        var (relevances, scores) = Sample(12);
        var loss = new LambdaRankLoss(30);
        double Ndcg(float[] truth, float[] at) => loss.Sum(new LossBlock(truth, [.. at.Select(_ => 1f)], at, at.Length));

        Ndcg(relevances, relevances).ShouldBe(1, 1e-12);
        Ndcg(relevances, [.. relevances.Select(relevance => -relevance)]).ShouldBeLessThan(0.8);
        Ndcg(new float[12], scores).ShouldBe(1);
        Of(loss, new float[12], scores).Gradients.ShouldAllBe(gradient => gradient == 0);
    }

    [Fact]
    public void Equal_scores_still_have_a_direction()
    {
        var (relevances, _) = Sample(12);

        foreach (RankingLoss loss in new RankingLoss[] { new LambdaRankLoss(30), new PairwiseRankLoss(30) })
        {
            var (g, _) = Of(loss, relevances, new float[12]);
            int best = relevances.ToList().IndexOf(relevances.Max()), worst = relevances.ToList().IndexOf(relevances.Min());
            g[best].ShouldBeLessThan(0);
            g[worst].ShouldBeGreaterThan(0);
        }
    }
}
