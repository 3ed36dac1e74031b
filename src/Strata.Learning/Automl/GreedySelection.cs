namespace Strata.Learning.Automl;

/// <summary>
/// Ensemble selection (Caruana et al. 2004): beginning with none, the candidate that helps the mean answer most is added, again and again and also several times, and the number of times is
/// its weight.
/// </summary>
internal static class GreedySelection
{
    /// <summary>So many additions may bring nothing before it ends: weights such as 2 : 1 are only found over a sum that is no better.</summary>
    private const int Patience = 5;

    private const double LeastGain = 1e-12;

    /// <summary>The weights, which sum to 1; of equally good candidates the earlier is added, and of equally good ensembles the smaller is taken.</summary>
    /// <param name="seen">What the loss sees of each candidate.</param>
    /// <param name="loss">What decides.</param>
    /// <param name="rounds">Additions at the most, at least 1.</param>
    /// <param name="cancellation">Looked at in every round.</param>
    public static double[] Weights(IReadOnlyList<double[]> seen, SelectionLoss loss, int rounds, CancellationToken cancellation)
    {
        var sum = new double[seen[0].Length];
        var tried = new double[sum.Length];
        var counts = new int[seen.Count];
        int[] best = [];
        double bestLoss = double.PositiveInfinity;
        for (int round = 1, idle = 0; round <= rounds && idle <= Patience; round++)
        {
            (int next, double lossOfNext) = (0, double.PositiveInfinity);
            for (int candidate = 0; candidate < seen.Count; candidate++)
            {
                cancellation.ThrowIfCancellationRequested();
                Add(sum, seen[candidate], tried);
                double value = loss.Of(tried, 1.0 / round);
                if (value < lossOfNext - LeastGain)
                {
                    (next, lossOfNext) = (candidate, value);
                }
            }

            counts[next]++;
            Add(sum, seen[next], sum);
            idle++;
            if (best.Length == 0 || lossOfNext < bestLoss - LeastGain)
            {
                (best, bestLoss, idle) = ([.. counts], lossOfNext, 0);
            }
        }

        double total = best.Sum();
        return [.. best.Select(count => count / total)];
    }

    private static void Add(double[] a, double[] b, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = a[i] + b[i];
        }
    }
}
