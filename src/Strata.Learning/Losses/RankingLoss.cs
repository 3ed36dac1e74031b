namespace Strata.Learning.Losses;

/// <summary>Which of a query's rows goes before which: a block is one query, its targets are relevances, and its metric is the NDCG over the first places.</summary>
/// <param name="Truncation">How many places count.</param>
public abstract record RankingLoss(int Truncation) : ILoss
{
    /// <summary>Relevances above this would have gains beyond single precision.</summary>
    private protected const int MostRelevance = 31;

    public string Metric => "ndcg";

    public int OutputCount => 1;

    public bool HasUnitHessian => false;

    public bool IsShiftInvariant => false;

    public double LargestGradient => double.PositiveInfinity;

    public double LargestHessian => double.PositiveInfinity;

    public bool HigherIsBetter => true;

    public bool TakesQueries => true;

    public string? Objection(double target) => target >= 0 && target <= MostRelevance && target == Math.Floor(target) ? null : $"a relevance: a whole number from 0 to {MostRelevance}";

    public double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => [0];

    public abstract void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians);

    /// <summary>The query's NDCG times the mean weight of its rows.</summary>
    public double Sum(in LossBlock block)
    {
        int[] order = Order(block.ScoresOf(0));
        var sums = new DiscountedGain(Truncation);
        return sums.Ndcg(block.Targets, order) * Weight(block.Weights);
    }

    public double Mean(double lossSum, double weightSum) => lossSum / weightSum;

    /// <summary>What a query counts for: the mean of its rows' weights.</summary>
    internal static double Weight(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        return sum / weights.Length;
    }

    /// <summary>Rows by falling score; equal ones stay as they are.</summary>
    private protected static int[] Order(ReadOnlySpan<float> scores)
    {
        var (order, keys) = (new int[scores.Length], new RankKey[scores.Length]);
        for (int row = 0; row < order.Length; row++)
        {
            (order[row], keys[row]) = (row, new RankKey(scores[row], row));
        }

        keys.AsSpan().Sort(order.AsSpan());
        return order;
    }

    private readonly record struct RankKey(float Score, int Row) : IComparable<RankKey>
    {
        public int CompareTo(RankKey other) => Score != other.Score ? other.Score.CompareTo(Score) : Row.CompareTo(other.Row);
    }
}

/// <summary>Discounted cumulative gain (Jarvelin and Kekalainen 2002): <c>sum (2^relevance - 1) / log2(place + 2)</c> over the first places.</summary>
/// <param name="places">How many count.</param>
internal readonly struct DiscountedGain(int places)
{
    private static readonly double[] Discounts = [.. Enumerable.Range(0, 4096).Select(place => 1 / Math.Log2(place + 2))];

    public static double Gain(float relevance) => Math.ScaleB(1, (int)relevance) - 1;

    public static double Discount(int place) => place < Discounts.Length ? Discounts[place] : 1 / Math.Log2(place + 2);

    /// <summary>The best that an order of these relevances can have.</summary>
    public double Best(ReadOnlySpan<float> relevances)
    {
        float[] sorted = relevances.ToArray();
        Array.Sort(sorted);
        double sum = 0;
        for (int place = 0; place < Math.Min(places, sorted.Length); place++)
        {
            sum += Gain(sorted[^(place + 1)]) * Discount(place);
        }

        return sum;
    }

    /// <summary>The gain of an order as a share of the best; 1 where nothing is relevant, as in LightGBM.</summary>
    public double Ndcg(ReadOnlySpan<float> relevances, ReadOnlySpan<int> order)
    {
        double best = Best(relevances), sum = 0;
        for (int place = 0; place < Math.Min(places, order.Length); place++)
        {
            sum += Gain(relevances[order[place]]) * Discount(place);
        }

        return best > 0 ? sum / best : 1;
    }
}
