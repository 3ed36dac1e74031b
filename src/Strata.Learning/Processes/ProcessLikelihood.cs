using Strata.Tensors.Kernels;

namespace Strata.Learning.Processes;

/// <summary>
/// The logarithm of the marginal likelihood of centred numbers under a Gaussian process, and its slope by the logarithms of signal variance, length scale
/// and noise variance (Rasmussen and Williams 2006, algorithm 2.1 and equation 5.9). A row of weight w has a w-th of the noise: it is the mean of w
/// measurements.
/// </summary>
internal sealed class ProcessLikelihood
{
    private readonly ProcessKernel kernel;
    private readonly double[] target, weights;
    private readonly double[][] squares;
    private readonly ParallelOptions threads;
    private readonly double repeats, logWeights, within;

    /// <param name="kernel">The kernel.</param>
    /// <param name="points">Row-major [rows, columns], all different.</param>
    /// <param name="columns">Of each row.</param>
    /// <param name="target">The numbers, less their mean.</param>
    /// <param name="weights">How many measurements each is the mean of.</param>
    /// <param name="within">The weighted sum of squared distances of the measurements from these means.</param>
    /// <param name="threads">Who shares the work.</param>
    public ProcessLikelihood(ProcessKernel kernel, double[] points, int columns, double[] target, double[] weights, double within, ParallelOptions threads)
    {
        (this.kernel, this.target, this.weights, this.within, this.threads) = (kernel, target, weights, within, threads);
        repeats = weights.Sum() - weights.Length;
        logWeights = weights.Sum(Math.Log);
        squares = new double[target.Length][];
        Parallel.For(0, target.Length, threads, i =>
        {
            double[] row = squares[i] = new double[i + 1];
            for (int j = 0; j < i; j++)
            {
                for (int k = 0; k < columns; k++)
                {
                    double difference = points[i * columns + k] - points[j * columns + k];
                    row[j] += difference * difference;
                }
            }
        });
    }

    public int Count => target.Length;

    /// <summary>The solution (K + noise)⁻¹ y and the factor of K + noise; null when it is not positive definite.</summary>
    /// <param name="at">Logarithms of signal variance, length scale and noise variance.</param>
    public (Cholesky Factor, double[] Solution)? TrySolve(ReadOnlySpan<double> at)
    {
        (double signal, double scale, double noise) = (Math.Exp(at[0]), Math.Exp(-2 * at[1]), Math.Exp(at[2]));
        var matrix = new SquareMatrix(Count);
        Parallel.For(0, Count, threads, i =>
        {
            Span<double> row = matrix.Row(i, i + 1);
            for (int j = 0; j < i; j++)
            {
                row[j] = signal * kernel.Value(squares[i][j] * scale);
            }

            row[i] = signal + noise / weights[i];
        });
        if (Cholesky.TryFactor(matrix, threads) is not Cholesky factor)
        {
            return null;
        }

        double[] solution = (double[])target.Clone();
        factor.Solve(solution);
        return (factor, solution);
    }

    /// <summary>The value alone; minus infinity where the matrix is not positive definite.</summary>
    public double Value(ReadOnlySpan<double> at) => TrySolve(at) is (Cholesky factor, double[] solution) ? Value(at[2], factor, solution) : double.NegativeInfinity;

    /// <summary>The value, and the slope written to <paramref name="slope"/>; minus infinity where the matrix is not positive definite.</summary>
    public double Evaluate(double[] at, Span<double> slope)
    {
        slope.Clear();
        if (TrySolve(at) is not (Cholesky factor, double[] solution))
        {
            return double.NegativeInfinity;
        }

        (double signal, double scale, double noise) = (Math.Exp(at[0]), Math.Exp(-2 * at[1]), Math.Exp(at[2]));
        var parts = new double[Count][];
        Parallel.For(0, Count, threads, i =>
        {
            // Row i of (K + noise)⁻¹: half the trace of (solution solutionᵀ - inverse) times the derivative of K.
            var inverse = new double[Count];
            inverse[i] = 1;
            factor.Solve(inverse);
            double ofSignal = 0, ofScale = 0;
            for (int j = 0; j < i; j++)
            {
                double share = solution[i] * solution[j] - inverse[j];
                ofSignal += share * kernel.Value(squares[i][j] * scale);
                ofScale += share * kernel.Slope(squares[i][j] * scale);
            }

            double own = solution[i] * solution[i] - inverse[i];
            parts[i] = [signal * (ofSignal + own / 2), signal * ofScale, noise / weights[i] * own / 2];
        });
        for (int k = 0; k < slope.Length; k++)
        {
            slope[k] = parts.Sum(part => part[k]);
        }

        // What the single measurements say of the noise beyond their means.
        slope[2] += within / (2 * noise) - repeats / 2;
        return Value(at[2], factor, solution);
    }

    private double Value(double logNoise, Cholesky factor, double[] solution)
    {
        double fit = VectorKernels.Dot(target, solution) + factor.LogDeterminant + Count * Math.Log(2 * Math.PI);
        return -0.5 * (fit + within / Math.Exp(logNoise) + repeats * (logNoise + Math.Log(2 * Math.PI)) + logWeights);
    }
}
