using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Minimises the weighted mean of squared errors / 2 plus alpha (r |beta|_1 + (1 - r) |beta|² / 2), the intercept free, as scikit-learn's ElasticNet does. The rows are
/// read once, for sums of products; solutions for one alpha after another start where the last one ended.
/// </summary>
internal sealed class PenalizedLeastSquares
{
    private const int MostColumnsOfFullMatrix = 2048;
    private readonly NumberRows rows;
    private readonly double l1Ratio, targetSquare;
    private readonly double[] products, absolute, square;
    private readonly CoordinateDescent descent;

    public PenalizedLeastSquares(NumberRows rows, double l1Ratio)
    {
        (this.rows, this.l1Ratio) = (rows, l1Ratio);
        int p = rows.Matrix.ColumnCount;
        (absolute, square) = (new double[p], new double[p]);
        products = ColumnSums.Of(rows.Matrix, rows.Scaling, Residuals, new double[p], rows.Threads);
        for (int j = 0; j < p; j++)
        {
            products[j] /= rows.TotalWeight * rows.Scaling.Spreads[j];
        }

        targetSquare = LinearKernels.SquaredDistances(rows.Target, rows.TargetMean, rows.Weights) / rows.TotalWeight;
        GramColumns gram = p <= MostColumnsOfFullMatrix
            ? new StoredGram(Gram.Of(rows.Matrix, rows.Scaling, rows.RootsOfWeights, rows.Threads), 1 / rows.TotalWeight)
            : rows.Matrix.Sparse is not null ? new SparseGramColumns(rows) : new GramOnDemand(rows);
        descent = new CoordinateDescent(gram, products, absolute, square, rows.Threads);
    }

    /// <summary>The smallest alpha for which all coefficients are zero; infinite for a ratio of 0.</summary>
    public double LargestAlpha => products.Select((product, j) => Math.Abs(product * rows.Scaling.Spreads[j])).Max() / l1Ratio;

    /// <summary>The solution, and whether it met the tolerance.</summary>
    public (double[] Coefficients, double Intercept, SolverEnding Ending) Solve(string title, double alpha, double tolerance, int maxIterations)
    {
        for (int j = 0; j < absolute.Length; j++)
        {
            double spread = rows.Scaling.Spreads[j];
            (absolute[j], square[j]) = (alpha * l1Ratio / spread, alpha * (1 - l1Ratio) / (spread * spread));
        }

        int before = descent.Sweeps;
        (double gap, bool isExact) = descent.SolveLeastSquares(targetSquare, tolerance, maxIterations);
        double[] coefficients = [.. descent.At.Select((value, j) => value / rows.Scaling.Spreads[j])];
        double intercept = rows.TargetMean - VectorKernels.Dot(rows.Scaling.Means, coefficients);
        return (coefficients, intercept, SolverEnding.Of(title, isExact || gap <= tolerance, descent.Sweeps - before, "the duality gap, in parts of the target's mean square,", gap, tolerance));
    }

    private void Residuals(int start, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (rows.Weights?[start + i] ?? 1) * (rows.Target[start + i] - rows.TargetMean);
        }
    }
}
