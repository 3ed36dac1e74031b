using Strata.Tensors.Kernels;

namespace Strata.Learning.Preparation;

/// <summary>
/// The directions in which the rows of a full table vary most. Of no more columns than rows they are eigenvectors of the sums of products of columns; of more,
/// they are found from the products of rows, which have the same eigenvalues but for zeros (Golub and Van Loan, Matrix Computations, 2.4): a hundred rows
/// of twenty thousand columns cost what a hundred columns do.
/// </summary>
internal static class DenseDirections
{
    /// <summary>Of the largest eigenvalue, what is rounding.</summary>
    private const double LeastShare = 1e-12;

    /// <param name="columns">[columns][rows], finite.</param>
    /// <param name="weights">One a row, or null for one each.</param>
    /// <param name="centered">Whether around the means.</param>
    /// <param name="wanted">How many directions are wanted, told the eigenvalues and their sum.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static PrincipalDirections Of(double[][] columns, double[]? weights, bool centered, Func<double[], double, int> wanted, FitContext context)
    {
        if (columns[0].Length < columns.Length)
        {
            return OfRows(columns, weights, centered, wanted, context);
        }

        var sums = Covariance.Of(columns, weights, centered, context.ParallelOptions);
        var eigen = SymmetricEigen.Of(sums.Sums, context.Threads, context.Cancellation);
        return new PrincipalDirections(eigen.Values, eigen.Vectors, sums.Means, eigen.Values.Sum(value => Math.Max(0, value)), sums.TotalWeight);
    }

    private static PrincipalDirections OfRows(double[][] columns, double[]? weights, bool centered, Func<double[], double, int> wanted, FitContext context)
    {
        int count = columns[0].Length;
        double total = weights?.Sum() ?? count;
        var means = new double[columns.Length];
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => new double[columns.Length])];
        double[]? roots = weights is null ? null : Array.ConvertAll(weights, Math.Sqrt);
        Parallel.For(0, columns.Length, context.ParallelOptions, j =>
        {
            double[] column = columns[j];
            means[j] = !centered || total <= 0 ? 0 : (weights is null ? column.Sum() : VectorKernels.Dot(column, weights)) / total;
            for (int i = 0; i < count; i++)
            {
                rows[i][j] = (column[i] - means[j]) * (roots is null ? 1 : roots[i]);
            }
        });

        var eigen = SymmetricEigen.Of(Covariance.Of(rows, null, centered: false, context.ParallelOptions).Sums, context.Threads, context.Cancellation);
        // One is kept whatever it holds, as of few columns.
        double[] values = [.. eigen.Values.Select(value => Math.Max(0, value)).TakeWhile((value, k) => k == 0 || value > LeastShare * eigen.Values[0])];
        double all = values.Sum();
        var vectors = new double[Math.Min(values.Length, wanted(values, all))][];
        Parallel.For(0, vectors.Length, context.ParallelOptions, k => vectors[k] = Across(rows, eigen.Vectors[k]));
        return new PrincipalDirections(values, vectors, means, all, total);
    }

    /// <summary>The direction along the columns that belongs to one along the rows.</summary>
    private static double[] Across(double[][] rows, double[] along)
    {
        var direction = new double[rows[0].Length];
        foreach ((int i, double[] row) in rows.Index())
        {
            VectorKernels.AddScaled(row, along[i], direction);
        }

        double length = Math.Sqrt(VectorKernels.Dot(direction, direction)) * (direction.MaxBy(Math.Abs) < 0 ? -1 : 1);
        return length == 0 ? direction : Array.ConvertAll(direction, value => value / length);
    }
}
