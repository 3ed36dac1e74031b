using Strata.Learning.Data;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Preparation;

/// <summary>
/// The directions in which the rows of a sparse table vary most, from its entries. Of few columns all products are summed; of many, Lanczos steps with full
/// reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.3) find the first ones with products of the table and a vector alone.
/// </summary>
internal static class SparseDirections
{
    /// <summary>Up to so many columns all products are summed.</summary>
    public const int MostColumnsOfFullMatrix = 1024;

    private const double Tolerance = 1e-12;

    /// <param name="rows">As distances from the columns' common values.</param>
    /// <param name="weights">One a row, or null for one each.</param>
    /// <param name="centered">Whether around the means.</param>
    /// <param name="most">How many directions are wanted of many columns.</param>
    /// <param name="context">Seed of the first vector, and cancellation.</param>
    public static PrincipalDirections Of(SparseRows rows, double[]? weights, bool centered, int most, FitContext context)
    {
        double total = weights?.Sum() ?? rows.RowCount;
        var sums = new double[rows.ColumnCount];
        double[] squares = new double[rows.ColumnCount], common = rows.Common ?? new double[rows.ColumnCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            double weight = weights?[row] ?? 1;
            for (int at = rows.Starts[row]; at < rows.Starts[row + 1]; at++)
            {
                sums[rows.Columns[at]] += weight * rows.Values[at];
                squares[rows.Columns[at]] += weight * rows.Values[at] * rows.Values[at];
            }
        }

        double[] means = centered ? [.. sums.Select((sum, j) => common[j] + sum / total)] : new double[rows.ColumnCount];
        // Where rows are measured from, beside the common values.
        double[] centers = [.. means.Select((mean, j) => mean - common[j])];
        double all = squares.Select((square, j) => square - 2 * centers[j] * sums[j] + total * centers[j] * centers[j]).Sum();
        var products = new RowProducts(rows, weights, centers, sums, total);
        SymmetricEigen eigen;
        if (rows.ColumnCount <= MostColumnsOfFullMatrix)
        {
            eigen = SymmetricEigen.Of(products.Matrix(context.Cancellation), context.Threads, context.Cancellation);
            return new PrincipalDirections(eigen.Values, eigen.Vectors, means, all, total);
        }

        (double[] values, double[][] vectors) = Lanczos(products, rows.ColumnCount, Math.Min(most, Math.Min(rows.RowCount, rows.ColumnCount)), context);
        return new PrincipalDirections(values, vectors, means, all, total);
    }

    private static (double[] Values, double[][] Vectors) Lanczos(RowProducts products, int size, int wanted, FitContext context)
    {
        var random = RandomSource.For(context.Seed, "directions");
        var basis = new List<double[]>();
        var (diagonal, beside) = (new List<double>(), new List<double>());
        double[] next = Unit(Drawn());
        for (int check = wanted + 20; ;)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            basis.Add(next);
            double[] image = products.Times(next);
            diagonal.Add(VectorKernels.Dot(image, next));
            Orthogonalize(image);
            double length = Math.Sqrt(VectorKernels.Dot(image, image));
            bool isWhole = basis.Count == size;
            if (basis.Count >= check || isWhole)
            {
                SymmetricEigen eigen = Eigen();
                double largest = Math.Max(eigen.Values[0], 1e-300);
                if (isWhole || Enumerable.Range(0, wanted).All(k => length * Math.Abs(eigen.Vectors[k][^1]) <= Tolerance * largest))
                {
                    return Directions(eigen);
                }

                check = Math.Min(size, basis.Count + Math.Max(20, basis.Count / 4));
            }

            if (length <= 1e-14 * Math.Max(1e-300, diagonal.Max()))
            {
                // The vectors so far span a space of their own: what is beside it begins anew.
                image = Drawn();
                Orthogonalize(image);
                length = 0;
            }

            beside.Add(length);
            next = Unit(image);
        }

        double[] Drawn() => [.. Enumerable.Range(0, size).Select(_ => random.NextGaussian())];

        void Orthogonalize(double[] vector)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] known in basis)
                {
                    VectorKernels.AddScaled(known, -VectorKernels.Dot(known, vector), vector);
                }
            }
        }

        SymmetricEigen Eigen()
        {
            var matrix = new SquareMatrix(basis.Count);
            for (int k = 0; k < basis.Count; k++)
            {
                matrix[k, k] = diagonal[k];
                if (k > 0)
                {
                    matrix[k, k - 1] = beside[k - 1];
                }
            }

            return SymmetricEigen.Of(matrix, context.Threads, context.Cancellation);
        }

        (double[], double[][]) Directions(SymmetricEigen eigen) => (eigen.Values[..wanted], [.. eigen.Vectors.Take(wanted).Select(vector =>
        {
            var direction = new double[size];
            for (int k = 0; k < basis.Count; k++)
            {
                VectorKernels.AddScaled(basis[k], vector[k], direction);
            }

            direction = Unit(direction);
            return direction.MaxBy(Math.Abs) < 0 ? Array.ConvertAll(direction, value => -value) : direction;
        })]);
    }

    private static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(VectorKernels.Dot(vector, vector));
        return length > 0 ? Array.ConvertAll(vector, value => value / length) : vector;
    }

    /// <summary>Sum of w (d - c)(d - c)ᵀ over the rows' distances d, around one center c for all rows.</summary>
    private sealed class RowProducts(SparseRows rows, double[]? weights, double[] centers, double[] sums, double total)
    {
        public double[] Times(double[] vector)
        {
            var product = new double[vector.Length];
            double center = VectorKernels.Dot(centers, vector), pull = 0;
            for (int row = 0; row < rows.RowCount; row++)
            {
                double along = -center;
                for (int at = rows.Starts[row]; at < rows.Starts[row + 1]; at++)
                {
                    along += rows.Values[at] * vector[rows.Columns[at]];
                }

                along *= weights?[row] ?? 1;
                pull += along;
                for (int at = rows.Starts[row]; at < rows.Starts[row + 1]; at++)
                {
                    product[rows.Columns[at]] += rows.Values[at] * along;
                }
            }

            VectorKernels.AddScaled(centers, -pull, product);
            return product;
        }

        public SquareMatrix Matrix(CancellationToken cancellation)
        {
            var matrix = new SquareMatrix(rows.ColumnCount);
            for (int row = 0; row < rows.RowCount; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                double weight = weights?[row] ?? 1;
                for (int a = rows.Starts[row]; a < rows.Starts[row + 1]; a++)
                {
                    Span<double> line = matrix.Row(rows.Columns[a], rows.Columns[a] + 1);
                    for (int b = rows.Starts[row]; b <= a; b++)
                    {
                        line[rows.Columns[b]] += weight * rows.Values[a] * rows.Values[b];
                    }
                }
            }

            for (int i = 0; i < matrix.Size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix[i, j] += -sums[i] * centers[j] - centers[i] * (sums[j] - total * centers[j]);
                }
            }

            return matrix;
        }
    }
}
