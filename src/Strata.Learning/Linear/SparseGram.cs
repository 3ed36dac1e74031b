using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// What <see cref="Gram"/> gives, from the entries of compressed rows: with distances d from common values and means m measured from these too,
/// sum of w (d - m)(d - m)ᵀ = sum of w d dᵀ - (sum of w d) mᵀ - m (sum of w d)ᵀ + (sum of w) m mᵀ.
/// </summary>
internal static class SparseGram
{
    public static SquareMatrix Of(DesignMatrix matrix, Standardization scaling, Gram.RootWeightsAndColumns rootWeights, int further, ParallelOptions threads)
    {
        SparseRows rows = matrix.Sparse!;
        int columns = matrix.ColumnCount, size = columns + further;
        var total = new SquareMatrix(size);
        (double[] weights, double[] extra) = Weights(matrix, rootWeights, further, threads);
        // Each thread has lines of the triangle to itself, so that the sums are the same for any number of them; short and long lines take turns.
        int parts = threads.MaxDegreeOfParallelism > 0 ? threads.MaxDegreeOfParallelism : Environment.ProcessorCount;
        Parallel.For(0, parts, threads, part =>
        {
            for (int row = 0; row < weights.Length; row++)
            {
                if ((row & 1023) == 0)
                {
                    threads.CancellationToken.ThrowIfCancellationRequested();
                }

                if (weights[row] != 0)
                {
                    AddRow(rows, matrix.RowAt(row), weights[row], extra.AsSpan(row * further, further), part, parts, total);
                }
            }
        });
        var sums = new double[columns];
        var extraSums = new double[further];
        for (int row = 0; row < weights.Length; row++)
        {
            SparseKernels.Add(rows, matrix.RowAt(row), weights[row], sums);
            for (int k = 0; k < further; k++)
            {
                extraSums[k] += weights[row] * extra[row * further + k];
            }
        }

        Standardize(total, rows, scaling, weights.Sum(), sums, extraSums);
        return total;
    }

    /// <summary>The weight of each row, and its further columns.</summary>
    private static (double[] Weights, double[] Extra) Weights(DesignMatrix matrix, Gram.RootWeightsAndColumns rootWeights, int further, ParallelOptions threads)
    {
        double[] weights = new double[matrix.RowCount], extra = new double[matrix.RowCount * further], columns = new double[matrix.BlockRows * further];
        var block = new DesignBlock(matrix.ColumnCount);
        for (int start = 0; start < weights.Length; start += matrix.BlockRows)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(matrix.BlockRows, weights.Length - start);
            matrix.Read(start, count, block);
            Span<double> roots = weights.AsSpan(start, count), values = columns.AsSpan(0, count * further);
            values.Clear();
            rootWeights(block, start, roots, values);
            for (int i = 0; i < count; i++)
            {
                roots[i] *= roots[i];
                for (int k = 0; k < further; k++)
                {
                    extra[(start + i) * further + k] = values[k * count + i];
                }
            }
        }

        return (weights, extra);
    }

    private static void AddRow(SparseRows rows, int row, double weight, ReadOnlySpan<double> extra, int part, int parts, SquareMatrix total)
    {
        ReadOnlySpan<int> places = rows.ColumnsOf(row);
        ReadOnlySpan<double> values = rows.ValuesOf(row);
        for (int a = 0; a < places.Length; a++)
        {
            if (places[a] % parts == part)
            {
                Span<double> line = total.Row(places[a], places[a] + 1);
                double factor = weight * values[a];
                for (int b = 0; b <= a; b++)
                {
                    line[places[b]] += factor * values[b];
                }
            }
        }

        for (int k = 0; k < extra.Length; k++)
        {
            int place = rows.ColumnCount + k;
            if (place % parts == part)
            {
                Span<double> line = total.Row(place, place + 1);
                double factor = weight * extra[k];
                for (int b = 0; b < places.Length; b++)
                {
                    line[places[b]] += factor * values[b];
                }

                for (int other = 0; other <= k; other++)
                {
                    line[rows.ColumnCount + other] += factor * extra[other];
                }
            }
        }
    }

    private static void Standardize(SquareMatrix total, SparseRows rows, Standardization scaling, double weight, double[] sums, double[] extraSums)
    {
        int columns = rows.ColumnCount;
        double[] means = [.. scaling.Means.Select((mean, j) => mean - (rows.Common?[j] ?? 0))];
        for (int i = 0; i < columns; i++)
        {
            Span<double> line = total.Row(i, i + 1);
            for (int j = 0; j <= i; j++)
            {
                line[j] = (line[j] - sums[i] * means[j] - means[i] * (sums[j] - weight * means[j])) / (scaling.Spreads[i] * scaling.Spreads[j]);
            }
        }

        for (int k = 0; k < extraSums.Length; k++)
        {
            Span<double> line = total.Row(columns + k, columns);
            for (int j = 0; j < columns; j++)
            {
                line[j] = (line[j] - extraSums[k] * means[j]) / scaling.Spreads[j];
            }
        }
    }
}
