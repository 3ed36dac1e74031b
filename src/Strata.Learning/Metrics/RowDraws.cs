using Strata.Tensors;

namespace Strata.Learning.Metrics;

/// <summary>Rows, or whole groups of them, drawn with replacement: as weights, how often each came times its own weight.</summary>
internal sealed class RowDraws
{
    private readonly int rowCount;
    private readonly double[]? weights;
    private readonly int[][]? blocks;

    public RowDraws(int rowCount, double[]? weights, int[]? groups)
    {
        (this.rowCount, this.weights) = (rowCount, weights);
        blocks = groups is null ? null : [.. Enumerable.Range(0, rowCount).GroupBy(row => groups[row]).Select(group => group.ToArray())];
    }

    public double[] Next(RandomSource random)
    {
        var drawn = new double[rowCount];
        int count = blocks?.Length ?? rowCount;
        for (int i = 0; i < count; i++)
        {
            int at = random.NextInt(count);
            if (blocks is null)
            {
                drawn[at]++;
                continue;
            }

            foreach (int row in blocks[at])
            {
                drawn[row]++;
            }
        }

        for (int row = 0; weights is not null && row < rowCount; row++)
        {
            drawn[row] *= weights[row];
        }

        return drawn;
    }

    /// <summary>Between the order statistics, linearly; NaN of none.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
