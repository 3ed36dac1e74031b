using Strata.Tensors.Kernels;

namespace Strata.Learning.Preparation;

/// <summary>Weighted sums of products of every two columns, each around its mean or around 0.</summary>
/// <param name="Means">Of each column; 0 where not centered.</param>
/// <param name="Sums">Sum over rows of <c>w (x_i - mean_i) (x_j - mean_j)</c>; divided by the total weight, the covariance.</param>
/// <param name="TotalWeight">Of the rows summed.</param>
internal sealed record Covariance(double[] Means, SquareMatrix Sums, double TotalWeight)
{
    private const int BlockRows = 256;
    private const int PartialSums = 8;

    /// <param name="columns">[columns][rows], finite.</param>
    /// <param name="weights">One a row, or null for one each; rows of weight 0 count for nothing.</param>
    /// <param name="centered">Whether around the means.</param>
    /// <param name="threads">Who shares the work; the sums are the same for any number of them.</param>
    public static Covariance Of(double[][] columns, double[]? weights, bool centered, ParallelOptions threads)
    {
        int rows = columns.Length == 0 ? 0 : columns[0].Length;
        double total = weights?.Sum() ?? rows;
        var means = new double[columns.Length];
        if (centered)
        {
            Parallel.For(0, columns.Length, threads, j => means[j] = Mean(columns[j], weights, total));
        }

        int blocks = (rows + BlockRows - 1) / BlockRows;
        SquareMatrix[] sums = [.. Enumerable.Range(0, Math.Clamp(blocks, 1, PartialSums)).Select(_ => new SquareMatrix(columns.Length))];
        Parallel.For(0, sums.Length, threads, part =>
        {
            var packed = new double[sums[part].Stride * BlockRows];
            for (int block = part; block < blocks; block += sums.Length)
            {
                threads.CancellationToken.ThrowIfCancellationRequested();
                int start = block * BlockRows, count = Pack(columns, weights, means, start, Math.Min(BlockRows, rows - start), packed);
                for (int tile = 0; tile < sums[part].Stride / 4; tile++)
                {
                    GramKernel.Add(packed, count, tile, sums[part]);
                }
            }
        });
        double[] whole = sums[0].Values;
        foreach (SquareMatrix part in sums.AsSpan(1))
        {
            for (int i = 0; i < whole.Length; i++)
            {
                whole[i] += part.Values[i];
            }
        }

        return new Covariance(means, sums[0], total);
    }

    private static double Mean(double[] column, double[]? weights, double total)
    {
        double sum = 0;
        for (int row = 0; row < column.Length; row++)
        {
            sum += (weights is null ? 1 : weights[row]) * column[row];
        }

        return total > 0 ? sum / total : 0;
    }

    /// <summary>The block's columns around their means, times the roots of the weights, one after another, each padded with zeros to the returned length.</summary>
    private static int Pack(double[][] columns, double[]? weights, double[] means, int start, int count, double[] packed)
    {
        int padded = (count + 7) & ~7;
        Array.Clear(packed);
        for (int j = 0; j < columns.Length; j++)
        {
            ReadOnlySpan<double> from = columns[j].AsSpan(start, count);
            Span<double> to = packed.AsSpan(j * padded, count);
            double mean = means[j];
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[i] - mean;
            }

            if (weights is not null)
            {
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] *= Math.Sqrt(weights[start + i]);
                }
            }
        }

        return padded;
    }
}
