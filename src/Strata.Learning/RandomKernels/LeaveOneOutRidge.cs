using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// Ridge regression on many features, with the penalty that predicts rows best when each is left out: with K the products of the centred rows and an intercept that is not
/// penalised, row i left out is missed by c_i / G_ii, c being G t and G the inverse of K + alpha I on the rows' differences (Rifkin and Lippert 2007). The result is the same for
/// any number of threads.
/// </summary>
internal sealed class LeaveOneOutRidge(FeatureMatrix matrix, double[] targets, int outputs, ThreadTeam team, CancellationToken cancellation)
{
    /// <summary>The penalty is chosen on at most so many rows: what noise asks for hardly depends on their number, and the work grows with its third power.</summary>
    public const int MostRowsToChoose = 1024;

    private const int BlockColumns = 256;

    private static readonly double[] Penalties = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(10, -3 + 6.0 / 9 * i))];

    /// <summary>Of each target, weighted.</summary>
    private readonly double[] targetMeans = [.. Enumerable.Range(0, outputs).Select(k =>
        Enumerable.Range(0, matrix.RowCount).Sum(row => matrix.Weights[row] * targets[row * outputs + k]) / matrix.Weights.Sum())];

    /// <param name="alpha">The penalty a row, or null to choose it.</param>
    /// <param name="chosenBy">Rows of the matrix that are left out one by one, rising.</param>
    public RidgeSolution Solve(double? alpha, int[] chosenBy)
    {
        SquareMatrix products = Products(chosenBy);
        var eigen = SymmetricEigen.Of(products, team.Size, cancellation);
        double[] candidates = alpha is double given ? [given] : Penalties;
        LeftOutRows best = LeftOut(eigen, chosenBy, candidates[0]);
        foreach (double candidate in candidates[1..])
        {
            cancellation.ThrowIfCancellationRequested();
            LeftOutRows other = LeftOut(eigen, chosenBy, candidate);
            best = other.Error < best.Error ? other : best;
        }

        double[] coefficients = chosenBy.Length == matrix.RowCount ? FromDual(best.Dual)
            : matrix.RowCount <= matrix.ColumnCount ? FromDual(Factored(best.Alpha * matrix.RowCount))
            : Primal(best.Alpha * matrix.RowCount);
        return new RidgeSolution(best.Alpha, coefficients, Intercepts(coefficients), targetMeans, best.Predicted);
    }

    private LeftOutRows LeftOut(SymmetricEigen eigen, int[] rows, double penalty)
    {
        int n = rows.Length;
        double alpha = penalty * n, total = rows.Sum(row => matrix.Weights[row]), error = 0;
        var (diagonal, dual, predicted) = (new double[n], new double[outputs * n], new double[n * outputs]);
        double[] centred = CentredTargets(rows);
        for (int q = 0; q < n; q++)
        {
            double[] vector = eigen.Vectors[q];
            double factor = 1 / (Math.Max(0, eigen.Values[q]) + alpha);
            for (int i = 0; i < n; i++)
            {
                diagonal[i] += factor * vector[i] * vector[i];
            }

            for (int k = 0; k < outputs; k++)
            {
                VectorKernels.AddScaled(vector, factor * VectorKernels.Dot(vector, centred.AsSpan(k * n, n)), dual.AsSpan(k * n, n));
            }
        }

        for (int i = 0; i < n; i++)
        {
            // The intercept is free: its direction, the roots of the weights, has no part in the inverse.
            double weight = matrix.Weights[rows[i]], inverse = diagonal[i] - weight / total / alpha;
            for (int k = 0; k < outputs; k++)
            {
                double missed = inverse * alpha > 1e-10 ? dual[k * n + i] / inverse : centred[k * n + i], unweighted = missed / Math.Sqrt(weight);
                predicted[i * outputs + k] = targets[rows[i] * outputs + k] - unweighted;
                error += missed * missed;
            }
        }

        return new LeftOutRows(penalty, error / n, predicted, dual);
    }

    /// <summary>[outputs, rows], times the roots of the weights.</summary>
    private double[] CentredTargets(int[] rows)
    {
        var centred = new double[outputs * rows.Length];
        double total = rows.Sum(row => matrix.Weights[row]);
        for (int k = 0; k < outputs; k++)
        {
            double mean = rows.Sum(row => matrix.Weights[row] * targets[row * outputs + k]) / total;
            for (int i = 0; i < rows.Length; i++)
            {
                centred[k * rows.Length + i] = Math.Sqrt(matrix.Weights[rows[i]]) * (targets[rows[i] * outputs + k] - mean);
            }
        }

        return centred;
    }

    /// <summary>The products of rows, from packed blocks of their columns; of a part of the rows they are centred on their own mean, as leaving out asks for.</summary>
    private SquareMatrix Products(int[] rows)
    {
        var products = new SquareMatrix(rows.Length);
        var packed = new double[(long)products.Stride * BlockColumns];
        for (int first = 0; first < matrix.ColumnCount; first += BlockColumns)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = first, count = Math.Min(BlockColumns, matrix.ColumnCount - first), padded = (count + 7) & ~7;
            Array.Clear(packed);
            team.Run(rows.Length, (i, _) =>
            {
                ReadOnlySpan<float> x = matrix.Row(rows[i]);
                double root = Math.Sqrt(matrix.Weights[rows[i]]);
                for (int j = 0; j < count; j++)
                {
                    packed[i * padded + j] = root * (x[start + j] - matrix.Means[start + j]) * matrix.Scales[start + j];
                }
            });
            team.Run(products.Stride / 4, (tile, _) => GramKernel.Add(packed, padded, tile, products));
        }

        if (rows.Length < matrix.RowCount)
        {
            Center(products, rows);
        }

        return products;
    }

    /// <summary>Takes the direction of the weights' roots out of both sides, so that the products are of rows centred among themselves.</summary>
    private void Center(SquareMatrix products, int[] rows)
    {
        int n = rows.Length;
        double total = rows.Sum(row => matrix.Weights[row]);
        double[] unit = [.. rows.Select(row => Math.Sqrt(matrix.Weights[row] / total))], along = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                along[i] += products[Math.Max(i, j), Math.Min(i, j)] * unit[j];
            }
        }

        double middle = VectorKernels.Dot(along, unit);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                products[i, j] += unit[i] * unit[j] * middle - along[i] * unit[j] - unit[i] * along[j];
            }
        }
    }

    /// <summary>The dual solution of all rows [outputs, rows].</summary>
    private double[] Factored(double alpha)
    {
        int[] rows = [.. Enumerable.Range(0, matrix.RowCount)];
        double[] dual = CentredTargets(rows);
        SolveInPlace(Products(rows), alpha, dual);
        return dual;
    }

    /// <summary>Coefficients [outputs, columns] of the columns as they are, from a dual solution of all rows.</summary>
    private double[] FromDual(double[] dual)
    {
        int columns = matrix.ColumnCount, chunks = (columns + 511) / 512;
        var coefficients = new double[outputs * columns];
        team.Run(outputs * chunks, (item, _) =>
        {
            int k = item / chunks, from = item % chunks * 512, to = Math.Min(columns, from + 512);
            Span<double> own = coefficients.AsSpan(k * columns, columns);
            double sum = 0;
            for (int row = 0; row < matrix.RowCount; row++)
            {
                ReadOnlySpan<float> x = matrix.Row(row);
                double factor = Math.Sqrt(matrix.Weights[row]) * dual[k * matrix.RowCount + row];
                sum += factor;
                for (int j = from; j < to; j++)
                {
                    own[j] += factor * x[j];
                }
            }

            for (int j = from; j < to; j++)
            {
                own[j] = (own[j] - sum * matrix.Means[j]) * matrix.Scales[j] * matrix.Scales[j];
            }
        });
        return coefficients;
    }

    /// <summary>Coefficients [outputs, columns] of the columns as they are, from the products of columns.</summary>
    private double[] Primal(double alpha)
    {
        int columns = matrix.ColumnCount;
        var products = new SquareMatrix(columns);
        var packed = new double[(long)products.Stride * BlockColumns];
        double[] right = new double[outputs * columns], centred = CentredTargets([.. Enumerable.Range(0, matrix.RowCount)]);
        for (int first = 0; first < matrix.RowCount; first += BlockColumns)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = first, count = Math.Min(BlockColumns, matrix.RowCount - first), padded = (count + 7) & ~7;
            Array.Clear(packed);
            team.Run(products.Stride / 4, (tile, _) =>
            {
                for (int j = 4 * tile; j < Math.Min(columns, 4 * tile + 4); j++)
                {
                    for (int i = 0; i < count; i++)
                    {
                        packed[j * padded + i] = Math.Sqrt(matrix.Weights[start + i]) * (matrix.Row(start + i)[j] - matrix.Means[j]) * matrix.Scales[j];
                    }

                    for (int k = 0; k < outputs; k++)
                    {
                        right[k * columns + j] += VectorKernels.Dot(packed.AsSpan(j * padded, count), centred.AsSpan(k * matrix.RowCount + start, count));
                    }
                }
            });
            team.Run(products.Stride / 4, (tile, _) => GramKernel.Add(packed, padded, tile, products));
        }

        SolveInPlace(products, alpha, right);
        for (int i = 0; i < right.Length; i++)
        {
            right[i] *= matrix.Scales[i % columns];
        }

        return right;
    }

    private void SolveInPlace(SquareMatrix products, double alpha, double[] right)
    {
        for (int i = 0; i < products.Size; i++)
        {
            products[i, i] += alpha;
        }

        // With a penalty the matrix is positive definite; only rounding of an all but vanishing one could say otherwise.
        var threads = new ParallelOptions { MaxDegreeOfParallelism = team.Size, CancellationToken = cancellation };
        Cholesky factor = Cholesky.TryFactor(products, threads) ?? throw new Data.DataException($"The penalty alpha is too small for these features; take one above {alpha / matrix.RowCount:R}.");
        for (int k = 0; k < outputs; k++)
        {
            factor.Solve(right.AsSpan(k * products.Size, products.Size));
        }
    }

    private double[] Intercepts(double[] coefficients) =>
        [.. Enumerable.Range(0, outputs).Select(k => targetMeans[k] - VectorKernels.Dot(matrix.Means, coefficients.AsSpan(k * matrix.ColumnCount, matrix.ColumnCount)))];

    /// <summary>A penalty a row, the mean squared error of rows left out under it, what they were predicted as [rows, outputs], and the dual solution [outputs, rows].</summary>
    private sealed record LeftOutRows(double Alpha, double Error, double[] Predicted, double[] Dual);
}

/// <summary>A fitted ridge regression.</summary>
/// <param name="Alpha">The penalty a row.</param>
/// <param name="Coefficients">[outputs, columns], of the columns as they are.</param>
/// <param name="Intercepts">[outputs]</param>
/// <param name="TargetMeans">[outputs], what is predicted where nothing is known.</param>
/// <param name="LeftOut">[rows, outputs] what the rows that chose the penalty were predicted as when left out.</param>
internal sealed record RidgeSolution(double Alpha, double[] Coefficients, double[] Intercepts, double[] TargetMeans, double[] LeftOut);
