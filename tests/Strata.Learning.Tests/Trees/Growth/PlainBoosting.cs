namespace Strata.Learning.Tests.Trees.Growth;

/// <summary>
/// Leaf-wise boosting of squared error in the plainest way: every threshold between two values of every leaf is tried on the rows themselves, in double
/// precision. The oracle of the fast engine, for tables with few different values.
/// </summary>
internal sealed class PlainBoosting(double[][] columns, double[] target, double[] weights, int trees, double rate, int maxLeaves, double minRows, double l2)
{
    private readonly double[] scores = new double[target.Length];

    /// <summary>Predictions for the training rows.</summary>
    public double[] Fit()
    {
        double mean = target.Zip(weights, (y, w) => y * w).Sum() / weights.Sum();
        Array.Fill(scores, mean);
        for (int tree = 0; tree < trees; tree++)
        {
            Grow();
        }

        return scores;
    }

    private void Grow()
    {
        double[] gradients = [.. target.Select((y, row) => (scores[row] - y) * weights[row])];
        var leaves = new List<(int[] Rows, Cut? Cut)> { Leaf([.. Enumerable.Range(0, target.Length)], gradients) };
        while (leaves.Count < maxLeaves && leaves.Any(leaf => leaf.Cut is not null))
        {
            int best = 0;
            for (int i = 1; i < leaves.Count; i++)
            {
                best = leaves[i].Cut is Cut cut && (leaves[best].Cut is not Cut other || cut.Gain > other.Gain) ? i : best;
            }

            (int[] rows, Cut? chosen) = leaves[best];
            leaves[best] = Leaf([.. rows.Where(chosen!.GoesLeft)], gradients);
            leaves.Add(Leaf([.. rows.Where(row => !chosen.GoesLeft(row))], gradients));
        }

        foreach ((int[] rows, _) in leaves)
        {
            double value = -rate * rows.Sum(row => gradients[row]) / (rows.Sum(row => weights[row]) + l2);
            foreach (int row in rows)
            {
                scores[row] += value;
            }
        }
    }

    private (int[] Rows, Cut? Cut) Leaf(int[] rows, double[] gradients)
    {
        Cut? best = null;
        double Side(IEnumerable<int> side) => Math.Pow(side.Sum(row => gradients[row]), 2) / (side.Sum(row => weights[row]) + l2);
        double own = Side(rows);
        foreach (double[] column in columns)
        {
            double[] values = [.. rows.Select(row => column[row]).Where(value => !double.IsNaN(value)).Distinct().Order()];
            bool anyMissing = rows.Any(row => double.IsNaN(column[row]));
            for (int i = 0; i < values.Length; i++)
            {
                foreach (bool missingLeft in anyMissing ? [true, false] : new[] { true })
                {
                    double threshold = values[i];
                    bool GoesLeft(int row) => double.IsNaN(column[row]) ? missingLeft : column[row] <= threshold;
                    int[] left = [.. rows.Where(GoesLeft)], right = [.. rows.Where(row => !GoesLeft(row))];
                    if (left.Sum(row => weights[row]) >= minRows && right.Sum(row => weights[row]) >= minRows)
                    {
                        double gain = Side(left) + Side(right) - own;
                        best = gain > 1e-9 && (best is null || gain > best.Gain + 1e-9) ? new Cut(gain, GoesLeft) : best;
                    }
                }
            }
        }

        return (rows, best);
    }

    private sealed record Cut(double Gain, Func<int, bool> GoesLeft);
}
