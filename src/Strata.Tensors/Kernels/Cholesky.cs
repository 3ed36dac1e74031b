namespace Strata.Tensors.Kernels;

/// <summary>Factors a symmetric positive definite matrix into L Lᵀ in its place, and solves with it.</summary>
public sealed class Cholesky
{
    private const int ParallelFrom = 256;

    /// <summary>Pivots smaller than this part of the largest diagonal element are rounding.</summary>
    private const double SmallestPivot = 1e-12;

    private readonly SquareMatrix lower;

    private Cholesky(SquareMatrix lower) => this.lower = lower;

    /// <summary>The factor, or null when the matrix is not positive definite to working precision; the matrix is overwritten either way.</summary>
    public static Cholesky? TryFactor(SquareMatrix matrix, ParallelOptions threads)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(threads);
        int n = matrix.Size;
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, matrix[i, i]);
        }

        double smallestPivot = SmallestPivot * largest;
        for (int j = 0; j < n; j++)
        {
            double pivot = matrix[j, j] - VectorKernels.Dot(matrix.Row(j, j), matrix.Row(j, j));
            if (!(pivot > smallestPivot))
            {
                return null;
            }

            double root = matrix[j, j] = Math.Sqrt(pivot);
            void Eliminate(int i)
            {
                ref double value = ref matrix[i, j];
                value = (value - VectorKernels.Dot(matrix.Row(i, j), matrix.Row(j, j))) / root;
            }

            if (n - j > ParallelFrom && j > ParallelFrom)
            {
                Parallel.For(j + 1, n, threads, Eliminate);
            }
            else
            {
                for (int i = j + 1; i < n; i++)
                {
                    Eliminate(i);
                }
            }
        }

        threads.CancellationToken.ThrowIfCancellationRequested();
        return new Cholesky(matrix);
    }

    /// <summary>The logarithm of the factored matrix's determinant.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < lower.Size; i++)
            {
                sum += 2 * Math.Log(lower[i, i]);
            }

            return sum;
        }
    }

    /// <summary>Replaces a vector by L⁻¹ times it.</summary>
    public void Whiten(Span<double> vector)
    {
        for (int i = 0; i < lower.Size; i++)
        {
            vector[i] = (vector[i] - VectorKernels.Dot(lower.Row(i, i), vector[..i])) / lower[i, i];
        }
    }

    /// <summary>Replaces the right-hand side by the solution.</summary>
    public void Solve(Span<double> vector)
    {
        Whiten(vector);
        for (int i = lower.Size - 1; i >= 0; i--)
        {
            vector[i] /= lower[i, i];
            VectorKernels.AddScaled(lower.Row(i, i), -vector[i], vector[..i]);
        }
    }
}
