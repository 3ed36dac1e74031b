using Strata.Learning.Onnx;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Clusters;

/// <summary>Normal distributions with their shares: densities of rows and, from responsibilities, better distributions.</summary>
internal sealed class MixtureComponents
{
    private readonly int columns;
    private readonly Cholesky?[] factors;
    private readonly double[] constants;

    private MixtureComponents(double[] shares, double[] means, double[] covariances, int columns, Cholesky?[] factors, double[] constants) =>
        (Shares, Means, Covariances, this.columns, this.factors, this.constants) = (shares, means, covariances, columns, factors, constants);

    /// <summary>One a component, summing to 1.</summary>
    public double[] Shares { get; }

    /// <summary>Row-major [components, columns].</summary>
    public double[] Means { get; }

    /// <summary>Row-major [components, columns, columns], or [components, columns] of variances where there is no correlation.</summary>
    public double[] Covariances { get; }

    public int Count => Shares.Length;

    /// <summary>Whether there are variances only.</summary>
    public bool IsDiagonal => factors[0] is null;

    /// <summary>Null when a covariance is not positive definite.</summary>
    /// <param name="shares">One a component, positive.</param>
    /// <param name="means">Row-major [components, columns].</param>
    /// <param name="covariances">Row-major [components, columns, columns], or [components, columns] of variances.</param>
    /// <param name="isDiagonal">Which of the two.</param>
    /// <param name="threads">Cancellation.</param>
    public static MixtureComponents? TryCreate(double[] shares, double[] means, double[] covariances, bool isDiagonal, ParallelOptions threads)
    {
        int count = shares.Length, columns = means.Length / count;
        var factors = new Cholesky?[count];
        var constants = new double[count];
        for (int k = 0; k < count; k++)
        {
            double logDeterminant;
            if (isDiagonal)
            {
                ReadOnlySpan<double> variances = covariances.AsSpan(k * columns, columns);
                logDeterminant = 0;
                foreach (double variance in variances)
                {
                    logDeterminant += Math.Log(variance);
                }
            }
            else
            {
                var matrix = new SquareMatrix(columns);
                for (int i = 0; i < columns; i++)
                {
                    covariances.AsSpan((k * columns + i) * columns, i + 1).CopyTo(matrix.Row(i, i + 1));
                }

                factors[k] = Cholesky.TryFactor(matrix, threads);
                logDeterminant = factors[k]?.LogDeterminant ?? double.NaN;
            }

            constants[k] = Math.Log(shares[k]) - 0.5 * (logDeterminant + columns * Math.Log(2 * Math.PI));
            if (!double.IsFinite(constants[k]))
            {
                return null;
            }
        }

        return new MixtureComponents(shares, means, covariances, columns, factors, constants);
    }

    /// <summary>Writes each component's share of a row and returns the logarithm of the row's density.</summary>
    public double Responsibilities(ReadOnlySpan<double> row, Span<double> shares)
    {
        Span<double> distance = columns <= 256 ? stackalloc double[columns] : new double[columns];
        double largest = double.NegativeInfinity, total = 0;
        for (int k = 0; k < shares.Length; k++)
        {
            ReadOnlySpan<double> mean = Means.AsSpan(k * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                distance[j] = row[j] - mean[j];
            }

            shares[k] = Math.Max(-1e300, constants[k] - 0.5 * Square(k, distance));
            largest = Math.Max(largest, shares[k]);
        }

        foreach (ref double share in shares)
        {
            share = Math.Exp(share - largest);
            total += share;
        }

        foreach (ref double share in shares)
        {
            share /= total;
        }

        return largest + Math.Log(total);
    }

    /// <summary>Inside a graph, the logarithm of each component's share of a row, up to a number that is the same for all: float64 [rows, components].</summary>
    public OnnxValue LogShares(OnnxValue rows)
    {
        OnnxValue squares = IsDiagonal
            ? OnnxDensities.Squares(rows, Means, Covariances, Count)
            : OnnxDensities.WhitenedSquares(rows, Means, (k, distance) => factors[k]!.Whiten(distance), Count);
        return rows.Graph.Constant("constants", OnnxElement.Double, [Count], constants) - squares * 0.5;
    }

    /// <summary>Mahalanobis' squared distance; the distance is overwritten.</summary>
    private double Square(int component, Span<double> distance)
    {
        double square = 0;
        if (factors[component] is Cholesky factor)
        {
            factor.Whiten(distance);
            return VectorKernels.Dot(distance, distance);
        }

        for (int j = 0; j < columns; j++)
        {
            square += distance[j] * distance[j] / Covariances[component * columns + j];
        }

        return square;
    }
}
