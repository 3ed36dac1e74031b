using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Minimises sum of w (y - b - x beta)² + alpha |beta|². With at least as many rows as columns it solves (XᵀWX + alpha I) beta = XᵀW y in standardised
/// columns, else the dual (R Rᵀ + alpha I) a = t with beta = Rᵀa, the rows r_i being sqrt(w_i)(x_i - m) and t_i = sqrt(w_i)(y_i - mean).
/// </summary>
internal sealed class RidgeSolver(DesignMatrix matrix, double[] target, double[]? weights, Standardization scaling, double targetMean, double alpha, ParallelOptions threads)
{
    /// <summary>Of a sparse table, larger matrices are not worth making.</summary>
    private const int MostOfFullMatrix = 2048;

    private int ColumnCount => matrix.ColumnCount;

    public static RidgeSolver Of(NumberRows rows, double alpha) => new(rows.Matrix, rows.Target, rows.Weights, rows.Scaling, rows.TargetMean, alpha, rows.Threads);

    /// <summary>How the solver ended.</summary>
    public SolverEnding Ending { get; private set; } = SolverEnding.Exact;

    /// <summary>The coefficients of the columns as they are.</summary>
    public double[] Coefficients() => matrix.Sparse is not null && Math.Min(ColumnCount, matrix.RowCount) > MostOfFullMatrix ? ByGradients()
        : ColumnCount <= matrix.RowCount ? Primal() : Dual();

    /// <summary>Of a sparse table too large for a matrix of all columns or all rows.</summary>
    private double[] ByGradients()
    {
        // What small penalties leave open is settled in the same coordinates as by the full matrices.
        double[] units = alpha == 0 && ColumnCount > matrix.RowCount ? [.. scaling.Spreads.Select(_ => 1.0)] : scaling.Spreads;
        var gradients = new ConjugateGradients(matrix, target, weights, scaling, targetMean, alpha, units, threads);
        double[] coefficients = gradients.Solve();
        Ending = gradients.Ending;
        return coefficients;
    }

    private double[] Primal()
    {
        SquareMatrix gram = Gram.Of(matrix, scaling, RootsOfWeights, threads);
        for (int j = 0; j < ColumnCount; j++)
        {
            gram[j, j] += alpha / (scaling.Spreads[j] * scaling.Spreads[j]);
        }

        return FromStandard(RefinedSolution.Of(gram, PrimalResidual, threads));
    }

    private double[] PrimalResidual(double[] standard)
    {
        double[] coefficients = FromStandard(standard);
        double intercept = targetMean - VectorKernels.Dot(scaling.Means, coefficients);
        double[] residual = TransposedTimes((start, scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = (weights?[start + i] ?? 1) * (target[start + i] - intercept - scores[i]);
            }
        }, coefficients);
        for (int j = 0; j < ColumnCount; j++)
        {
            residual[j] = (residual[j] - alpha * coefficients[j]) / scaling.Spreads[j];
        }

        return residual;
    }

    private double[] Dual()
    {
        SquareMatrix kernel = RowProducts();
        for (int i = 0; i < kernel.Size; i++)
        {
            kernel[i, i] += alpha;
        }

        return RowsTimes(RefinedSolution.Of(kernel, DualResidual, threads));
    }

    private double[] DualResidual(double[] dual)
    {
        double[] coefficients = RowsTimes(dual);
        double moved = VectorKernels.Dot(scaling.Means, coefficients);
        var residual = new double[matrix.RowCount];
        TransposedTimes((start, scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                residual[start + i] = Root(start + i) * (target[start + i] - targetMean - (scores[i] - moved)) - alpha * dual[start + i];
            }
        }, coefficients);
        return residual;
    }

    /// <summary>Rᵀ a: the coefficients that belong to a solution of the dual.</summary>
    private double[] RowsTimes(double[] dual) => TransposedTimes((start, scores) =>
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Root(start + i) * dual[start + i];
        }
    }, new double[ColumnCount]);

    private double[] TransposedTimes(ColumnSums.ScoresToValues replace, double[] coefficients) => ColumnSums.Of(matrix, scaling, replace, coefficients, threads);

    /// <summary>R Rᵀ, from packed blocks of columns.</summary>
    private SquareMatrix RowProducts()
    {
        if (matrix.Sparse is not null)
        {
            return RowProductsOfEntries(matrix.Sparse);
        }

        const int blockColumns = 256;
        var products = new SquareMatrix(matrix.RowCount);
        var packed = new double[products.Stride * blockColumns];
        var block = new DesignBlock(ColumnCount);
        for (int first = 0; first < ColumnCount; first += blockColumns)
        {
            int count = Math.Min(blockColumns, ColumnCount - first), padded = (count + 7) & ~7;
            Array.Clear(packed);
            for (int start = 0; start < matrix.RowCount; start += matrix.BlockRows)
            {
                matrix.Read(start, Math.Min(matrix.BlockRows, matrix.RowCount - start), block);
                for (int j = 0; j < count; j++)
                {
                    ReadOnlySpan<double> x = block.Column(first + j);
                    double mean = scaling.Means[first + j];
                    for (int i = 0; i < x.Length; i++)
                    {
                        packed[(start + i) * padded + j] = Root(start + i) * (x[i] - mean);
                    }
                }
            }

            Parallel.For(0, products.Stride / 4, threads, tile => GramKernel.Add(packed, padded, tile, products));
        }

        return products;
    }

    /// <summary>r_i r_j = root_i root_j ((d_i - m)(d_j - m)), d being distances from the columns' common values and m the means measured from these.</summary>
    private SquareMatrix RowProductsOfEntries(SparseRows rows)
    {
        var products = new SquareMatrix(matrix.RowCount);
        SparseRows byColumn = rows.Transposed();
        double[] means = [.. scaling.Means.Select((mean, j) => mean - (rows.Common?[j] ?? 0))];
        for (int j = 0; j < ColumnCount; j++)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> places = byColumn.ColumnsOf(j);
            ReadOnlySpan<double> values = byColumn.ValuesOf(j);
            for (int a = 0; a < places.Length; a++)
            {
                Span<double> line = products.Row(places[a], places[a] + 1);
                for (int b = 0; b <= a; b++)
                {
                    line[places[b]] += values[a] * values[b];
                }
            }
        }

        double[] along = [.. Enumerable.Range(0, matrix.RowCount).Select(row => SparseKernels.Dot(rows, row, means))];
        double square = VectorKernels.Dot(means, means);
        for (int i = 0; i < products.Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                products[i, j] = Root(i) * Root(j) * (products[i, j] - along[i] - along[j] + square);
            }
        }

        return products;
    }

    private double[] FromStandard(double[] standard) => [.. standard.Select((value, j) => value / scaling.Spreads[j])];

    private double Root(int row) => weights is null ? 1 : Math.Sqrt(weights[row]);

    private void RootsOfWeights(DesignBlock block, int start, Span<double> roots)
    {
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = Root(start + i);
        }
    }
}
