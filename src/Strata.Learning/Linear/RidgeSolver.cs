using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Minimises sum of w (y - b - x beta)² + alpha |beta|². With at least as many rows as columns it solves (XᵀWX + alpha I) beta = XᵀW y in standardised
/// columns, else the dual (R Rᵀ + alpha I) a = t with beta = Rᵀa, the rows r_i being sqrt(w_i)(x_i - m) and t_i = sqrt(w_i)(y_i - mean).
/// </summary>
internal sealed class RidgeSolver(DesignMatrix matrix, double[] target, double[]? weights, Standardization scaling, double targetMean, double alpha, ParallelOptions threads)
{
    private int ColumnCount => matrix.ColumnCount;

    public static RidgeSolver Of(NumberRows rows, double alpha) => new(rows.Matrix, rows.Target, rows.Weights, rows.Scaling, rows.TargetMean, alpha, rows.Threads);

    /// <summary>The coefficients of the columns as they are.</summary>
    public double[] Coefficients() => ColumnCount <= matrix.RowCount ? Primal() : Dual();

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
