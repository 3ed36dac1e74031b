using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Solves normal equations by Cholesky and mends the solution with residuals taken from the data itself (corrected seminormal equations, Björck 1987),
/// which gives nearly the accuracy of an orthogonal factorisation. A singular matrix is factored with a small shift; the same corrections then tend to
/// the solution of least norm (iterated Tikhonov regularisation).
/// </summary>
internal static class RefinedSolution
{
    private const int MostCorrections = 50;

    /// <summary>
    /// Part of the largest diagonal element by which a singular matrix is shifted: large enough that rounding (1e-16) along the singular directions stays
    /// below 1e-8 of the solution, small enough that directions above a millionth of the largest are exact after three corrections.
    /// </summary>
    private const double Shift = 1e-8;

    /// <param name="matrix">The normal equations; overwritten.</param>
    /// <param name="residual">What of the right-hand side a solution leaves over.</param>
    /// <param name="threads">Who shares the work.</param>
    public static double[] Of(SquareMatrix matrix, Func<double[], double[]> residual, ParallelOptions threads)
    {
        Cholesky factor = Factor(matrix, threads);
        var solution = new double[matrix.Size];
        double before = double.PositiveInfinity;
        for (int correction = 0; correction < MostCorrections; correction++)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            double[] step = residual(solution);
            factor.Solve(step);
            double length = Math.Sqrt(VectorKernels.Dot(step, step));
            if (!(length < before))
            {
                break;
            }

            VectorKernels.AddScaled(step, 1, solution);
            before = length;
            if (length <= 1e-14 * Math.Sqrt(VectorKernels.Dot(solution, solution)))
            {
                break;
            }
        }

        return solution;
    }

    /// <summary>The factor, of the matrix with a small shift where it is singular; the matrix is overwritten.</summary>
    public static Cholesky Factor(SquareMatrix matrix, ParallelOptions threads)
    {
        var copy = (double[])matrix.Values.Clone();
        double largest = Enumerable.Range(0, matrix.Size).Max(i => matrix[i, i]);
        double shift = 0;
        while (true)
        {
            if (Cholesky.TryFactor(matrix, threads) is Cholesky factor)
            {
                return factor;
            }

            shift = shift == 0 ? Math.Max(Shift * largest, 1e-290) : 100 * shift;
            copy.CopyTo(matrix.Values, 0);
            for (int i = 0; i < matrix.Size; i++)
            {
                matrix[i, i] += shift;
            }
        }
    }
}
