namespace Strata.Learning.Losses;

/// <summary>
/// Pairs of rows of different relevance (Burges et al. 2005): <c>log(1 + exp(s[low] - s[high]))</c>, summed over all pairs of the query. Its time grows with the square of
/// a query's rows.
/// </summary>
/// <param name="Truncation">How many places count in the metric.</param>
public sealed record PairwiseRankLoss(int Truncation) : RankingLoss(Truncation)
{
    public override void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        ReadOnlySpan<float> scores = block.ScoresOf(0), relevances = block.Targets;
        Span<double> sums = new double[2 * scores.Length];
        Span<double> g = sums[..scores.Length], h = sums[scores.Length..];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = i + 1; j < scores.Length; j++)
            {
                if (relevances[i] == relevances[j])
                {
                    continue;
                }

                var (high, low) = relevances[i] > relevances[j] ? (i, j) : (j, i);
                double p = 1 / (1 + Math.Exp((double)scores[high] - scores[low])), curve = p * (1 - p);
                g[high] -= p;
                g[low] += p;
                h[high] += curve;
                h[low] += curve;
            }
        }

        for (int row = 0; row < scores.Length; row++)
        {
            gradients[row] = (float)(g[row] * block.Weights[row]);
            hessians[row] = (float)(h[row] * block.Weights[row]);
        }
    }
}

/// <summary>
/// LambdaMART (Burges 2010): each pair's logistic gradient is multiplied by how much the NDCG would change if the two changed places. As in LightGBM only pairs with a row
/// among the first places count, a pair's weight falls with its score difference, and a query's sum of gradients is brought to its logarithm.
/// </summary>
/// <param name="Truncation">How many places of the NDCG count.</param>
public sealed record LambdaRankLoss(int Truncation) : RankingLoss(Truncation)
{
    public override void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        ReadOnlySpan<float> scores = block.ScoresOf(0), relevances = block.Targets;
        int count = scores.Length;
        Span<double> sums = new double[2 * count];
        Span<double> g = sums[..count], h = sums[count..];
        double best = new DiscountedGain(Truncation).Best(relevances);
        double total = best > 0 ? Pairs(scores, relevances, Order(scores), 1 / best, g, h) : 0;
        double scale = total > 0 ? Math.Log2(1 + total) / total : 1;
        for (int row = 0; row < count; row++)
        {
            gradients[row] = (float)(g[row] * scale * block.Weights[row]);
            hessians[row] = (float)(h[row] * scale * block.Weights[row]);
        }
    }

    /// <summary>Adds up all pairs and returns the sum of the gradients' sizes.</summary>
    private double Pairs(ReadOnlySpan<float> scores, ReadOnlySpan<float> relevances, int[] order, double perGain, Span<double> g, Span<double> h)
    {
        double total = 0;
        bool areScoresEqual = scores[order[0]] == scores[order[^1]];
        for (int first = 0; first < Math.Min(Truncation, order.Length - 1); first++)
        {
            for (int second = first + 1; second < order.Length; second++)
            {
                var (high, low) = (order[first], order[second]);
                if (relevances[high] == relevances[low])
                {
                    continue;
                }

                if (relevances[high] < relevances[low])
                {
                    (high, low) = (low, high);
                }

                double ahead = (double)scores[high] - scores[low];
                double change = (DiscountedGain.Gain(relevances[high]) - DiscountedGain.Gain(relevances[low])) * (DiscountedGain.Discount(first) - DiscountedGain.Discount(second)) * perGain;
                change = areScoresEqual ? change : change / (0.01 + Math.Abs(ahead));
                double p = 1 / (1 + Math.Exp(ahead)), curve = p * (1 - p) * change;
                g[high] -= p * change;
                g[low] += p * change;
                h[high] += curve;
                h[low] += curve;
                total += 2 * p * change;
            }
        }

        return total;
    }
}
