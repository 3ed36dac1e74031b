using Strata.Tensors;

namespace Strata.Learning.Clusters;

/// <summary>
/// Draws starting centres far from one another: k-means++ (Arthur and Vassilvitskii 2007), of several draws at each step the one that lowers the sum of
/// squares most.
/// </summary>
internal static class CenterSeeds
{
    /// <summary>Row-major [clusters, columns].</summary>
    public static double[] Draw(ClusterRows rows, int clusters, RandomSource random, CancellationToken cancellation)
    {
        int tries = 2 + (int)Math.Log(clusters);
        var centers = new double[clusters * rows.ColumnCount];
        rows.Row(DrawRow(rows.Weights, random)).CopyTo(centers);
        double[] squares = Squares(rows, centers.AsSpan(0, rows.ColumnCount), null);
        for (int k = 1; k < clusters; k++)
        {
            double[]? best = null;
            double least = double.PositiveInfinity;
            double[] chances = [.. squares.Select((square, row) => square * rows.Weights[row])];
            int chosen = 0;
            for (int attempt = 0; attempt < tries; attempt++)
            {
                cancellation.ThrowIfCancellationRequested();
                int row = DrawRow(chances, random);
                double[] with = Squares(rows, rows.Row(row), squares);
                double sum = with.Select((square, i) => square * rows.Weights[i]).Sum();
                if (sum < least)
                {
                    (best, least, chosen) = (with, sum, row);
                }
            }

            squares = best ?? squares;
            rows.Row(chosen).CopyTo(centers.AsSpan(k * rows.ColumnCount));
        }

        return centers;
    }

    private static double[] Squares(ClusterRows rows, ReadOnlySpan<double> center, double[]? atMost)
    {
        var squares = new double[rows.Count];
        for (int row = 0; row < squares.Length; row++)
        {
            double sum = 0;
            ReadOnlySpan<double> values = rows.Row(row);
            for (int j = 0; j < values.Length; j++)
            {
                sum += (values[j] - center[j]) * (values[j] - center[j]);
            }

            squares[row] = atMost is null ? sum : Math.Min(sum, atMost[row]);
        }

        return squares;
    }

    /// <summary>A row with a chance in proportion; the last with any where rounding falls short.</summary>
    private static int DrawRow(double[] chances, RandomSource random)
    {
        double left = random.NextDouble() * chances.Sum();
        int last = 0;
        for (int row = 0; row < chances.Length; row++)
        {
            if (chances[row] > 0)
            {
                last = row;
                left -= chances[row];
                if (left < 0)
                {
                    return row;
                }
            }
        }

        return last;
    }
}
