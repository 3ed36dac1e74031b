using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>Sums over rows of values made from scores, times the centred columns: one pass over the data, the same for any number of threads.</summary>
internal static class ColumnSums
{
    /// <summary>Replaces the scores X b of the rows from <c>start</c> on by one value a row.</summary>
    public delegate void ScoresToValues(int start, Span<double> scores);

    /// <summary>Lets a function replace each block's scores X b by row values v, and returns the sum over rows of (x_i - m) v_i for each column.</summary>
    public static double[] Of(DesignMatrix matrix, Standardization scaling, ScoresToValues replace, double[] coefficients, ParallelOptions threads) =>
        WithTotal(matrix, scaling, replace, coefficients, threads).Sums;

    /// <summary>As <see cref="Of"/>, with the sum of the v_i beside it.</summary>
    public static (double[] Sums, double Total) WithTotal(DesignMatrix matrix, Standardization scaling, ScoresToValues replace, double[] coefficients, ParallelOptions threads)
    {
        RowChunks chunks = RowChunks.Of(matrix);
        int columnCount = matrix.ColumnCount;
        bool hasScores = coefficients.AsSpan().ContainsAnyExcept(0.0);
        var parts = new double[chunks.Count][];
        var totals = new double[chunks.Count];
        chunks.ForEach(threads, (chunk, start, end) =>
        {
            double[] sums = parts[chunk] = new double[columnCount];
            var block = new DesignBlock(columnCount);
            var values = new double[matrix.BlockRows];
            double total = 0;
            for (int row = start; row < end; row += matrix.BlockRows)
            {
                matrix.Read(row, Math.Min(matrix.BlockRows, end - row), block);
                Span<double> part = values.AsSpan(0, block.Count);
                part.Clear();
                if (hasScores)
                {
                    LinearKernels.AddScores(block, coefficients, part);
                }

                replace(row, part);
                LinearKernels.AddProducts(block, part, sums);
                foreach (double value in part)
                {
                    total += value;
                }
            }

            VectorKernels.AddScaled(scaling.Means, -total, sums);
            totals[chunk] = total;
        });
        double[] all = parts[0];
        foreach (double[] part in parts.AsSpan(1))
        {
            VectorKernels.AddScaled(part, 1, all);
        }

        return (all, totals.Sum());
    }
}
