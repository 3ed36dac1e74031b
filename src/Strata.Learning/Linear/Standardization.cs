using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Weighted mean and spread of each column. Solvers work in the columns (x - mean) / spread, where problems are well conditioned, and give coefficients of
/// the columns as they are.
/// </summary>
/// <param name="TotalWeight">Sum of the weights.</param>
/// <param name="Means">Weighted means; 0 without an intercept, where columns must not be moved.</param>
/// <param name="Spreads">Standard deviations, or root mean squares without an intercept; 1 where the column does not vary.</param>
internal sealed record Standardization(double TotalWeight, double[] Means, double[] Spreads)
{
    public static Standardization Of(DesignMatrix matrix, double[]? weights, bool centered, ParallelOptions threads)
    {
        if (matrix.Sparse is not null)
        {
            (double weight, double[] means, double[] squares) = MomentsOfEntries(matrix.Sparse, weights);
            return Of(weight, means, squares, centered);
        }

        RowChunks chunks = RowChunks.Of(matrix);
        int p = matrix.ColumnCount;
        var parts = new Moments[chunks.Count];
        chunks.ForEach(threads, (chunk, start, end) =>
        {
            var part = new Moments(p);
            var block = new DesignBlock(p);
            for (int at = start; at < end; at += matrix.BlockRows)
            {
                matrix.Read(at, Math.Min(matrix.BlockRows, end - at), block);
                part.Add(block, weights is null ? [] : weights.AsSpan(at, block.Count));
            }

            parts[chunk] = part;
        });
        Moments all = parts[0];
        foreach (Moments part in parts.AsSpan(1))
        {
            all.Merge(part);
        }

        return Of(all.Weight, all.Means, all.Squares, centered);
    }

    private static Standardization Of(double weight, double[] means, double[] squares, bool centered)
    {
        var spreads = new double[means.Length];
        for (int j = 0; j < spreads.Length; j++)
        {
            double square = squares[j] / weight + (centered ? 0 : means[j] * means[j]);
            double spread = Math.Sqrt(square);
            // Rounding of a constant column's mean is no spread.
            spreads[j] = spread > 1e-13 * Math.Abs(means[j]) && spread > 1e-200 ? spread : 1;
        }

        return new Standardization(weight, centered ? means : new double[means.Length], spreads);
    }

    /// <summary>Weight, means and sums of squared distances from them: of a column the entries one by one, and all other rows at once.</summary>
    private static (double Weight, double[] Means, double[] Squares) MomentsOfEntries(SparseRows rows, double[]? weights)
    {
        double total = weights?.Sum() ?? rows.RowCount;
        double[] means = new double[rows.ColumnCount], squares = new double[means.Length], weightOfEntries = new double[means.Length];
        for (int row = 0; row < rows.RowCount; row++)
        {
            double weight = weights?[row] ?? 1;
            ReadOnlySpan<int> columns = rows.ColumnsOf(row);
            ReadOnlySpan<double> values = rows.ValuesOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                means[columns[k]] += weight * values[k];
                weightOfEntries[columns[k]] += weight;
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            means[j] /= total;
        }

        for (int row = 0; row < rows.RowCount; row++)
        {
            double weight = weights?[row] ?? 1;
            ReadOnlySpan<int> columns = rows.ColumnsOf(row);
            ReadOnlySpan<double> values = rows.ValuesOf(row);
            for (int k = 0; k < columns.Length; k++)
            {
                double distance = values[k] - means[columns[k]];
                squares[columns[k]] += weight * distance * distance;
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            squares[j] += Math.Max(0, total - weightOfEntries[j]) * means[j] * means[j];
            means[j] += rows.Common?[j] ?? 0;
        }

        return (total, means, squares);
    }

    /// <summary>Running weighted means and sums of squared distances from them, merged as by Chan, Golub and LeVeque (1983).</summary>
    private sealed class Moments(int columnCount)
    {
        public double Weight { get; private set; }

        public double[] Means { get; } = new double[columnCount];

        public double[] Squares { get; } = new double[columnCount];

        public void Add(DesignBlock block, ReadOnlySpan<double> weights)
        {
            double weight = weights.IsEmpty ? block.Count : LinearKernels.Sum(weights);
            if (weight == 0)
            {
                return;
            }

            for (int j = 0; j < Means.Length; j++)
            {
                ReadOnlySpan<double> x = block.Column(j);
                double mean = (weights.IsEmpty ? LinearKernels.Sum(x) : VectorKernels.Dot(x, weights)) / weight;
                Merge(j, weight, mean, LinearKernels.SquaredDistances(x, mean, weights));
            }

            Weight += weight;
        }

        public void Merge(Moments other)
        {
            if (other.Weight == 0)
            {
                return;
            }

            for (int j = 0; j < Means.Length; j++)
            {
                Merge(j, other.Weight, other.Means[j], other.Squares[j]);
            }

            Weight += other.Weight;
        }

        private void Merge(int j, double weight, double mean, double squares)
        {
            double step = mean - Means[j], part = weight / (Weight + weight);
            Means[j] += step * part;
            Squares[j] += squares + step * step * part * Weight;
        }
    }
}
