using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The weighted mean of a loss of one score, plus a quadratic penalty, as a function of the variables of standardised columns: u_j for column j, and last the score of
/// a row of means.
/// </summary>
internal sealed class PointObjective : IObjective
{
    private const int MostColumnsOfFullMatrix = 1024;

    private readonly DesignMatrix matrix;
    private readonly IPointLoss loss;
    private readonly double[] targets, weights;
    private readonly Standardization scaling;
    private readonly bool hasIntercept;
    private readonly QuadraticPenalty penalty;
    private readonly ParallelOptions threads;
    private Cholesky? factor;
    private double[] diagonal = [];

    /// <param name="matrix">The columns.</param>
    /// <param name="loss">Of score and target.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="weights">One a row, or null for one each.</param>
    /// <param name="scaling">Of the same columns and weights.</param>
    /// <param name="hasIntercept">Whether the last variable is free; else it stays 0.</param>
    /// <param name="penalty">In units of the mean loss.</param>
    /// <param name="threads">Who shares the work; the values are the same for any number of them.</param>
    public PointObjective(DesignMatrix matrix, IPointLoss loss, double[] targets, double[]? weights, Standardization scaling, bool hasIntercept, QuadraticPenalty penalty, ParallelOptions threads)
    {
        (this.matrix, this.loss, this.targets, this.scaling, this.hasIntercept, this.penalty, this.threads) = (matrix, loss, targets, scaling, hasIntercept, penalty, threads);
        this.weights = weights ?? Ones(targets.Length);
    }

    public int Size => ColumnCount + 1;

    private int ColumnCount => matrix.ColumnCount;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        (double[] coefficients, double intercept) = InColumnsAsTheyAre(at);
        var losses = new double[(matrix.RowCount + matrix.BlockRows - 1) / matrix.BlockRows];
        (double[] sums, double total) = ColumnSums.WithTotal(matrix, scaling, (start, scores) =>
        {
            Add(scores, intercept);
            losses[start / matrix.BlockRows] = loss.Derive(scores, targets.AsSpan(start, scores.Length), weights.AsSpan(start, scores.Length));
        }, coefficients, threads);
        for (int j = 0; j < ColumnCount; j++)
        {
            gradient[j] = sums[j] / (scaling.TotalWeight * scaling.Spreads[j]);
        }

        gradient[ColumnCount] = total / scaling.TotalWeight;
        double value = losses.Sum() / scaling.TotalWeight + penalty.Add(at, gradient);
        if (!hasIntercept)
        {
            gradient[ColumnCount] = 0;
        }

        return value;
    }

    public void EstimateCurvature(ReadOnlySpan<double> at)
    {
        (double[] coefficients, double intercept) = InColumnsAsTheyAre(at);
        int enough = Math.Max(Math.Max(4096, 20 * ColumnCount), 16 * (matrix.RowCount / ColumnCount)), every = Math.Max(1, matrix.RowCount / enough);
        double[] sampleWeights = matrix.Sample(weights, every);
        double weight = sampleWeights.Sum();
        if (!(weight > 0))
        {
            (every, sampleWeights, weight) = (1, weights, scaling.TotalWeight);
        }

        DesignMatrix sample = matrix.Sample(every);
        double[] sampleTargets = matrix.Sample(targets, every);
        void Bend(DesignBlock block, int start, Span<double> curvatures)
        {
            curvatures.Fill(intercept);
            LinearKernels.AddScores(block, coefficients, curvatures);
            loss.Bend(curvatures, sampleTargets.AsSpan(start, curvatures.Length), sampleWeights.AsSpan(start, curvatures.Length));
        }

        if (ColumnCount > MostColumnsOfFullMatrix)
        {
            Diagonal(sample, weight, Bend);
            return;
        }

        SquareMatrix gram = Gram.Of(sample, scaling, (block, start, roots, ones) =>
        {
            Bend(block, start, roots);
            foreach (ref double root in roots)
            {
                root = Math.Sqrt(root);
            }

            ones.Fill(1);
        }, further: 1, threads);
        double mean = gram[ColumnCount, ColumnCount] / weight;
        for (int j = 0; j <= ColumnCount; j++)
        {
            foreach (ref double value in gram.Row(j, j + 1))
            {
                value /= weight;
            }
        }

        penalty.AddTo(gram);
        Guess(gram, mean);
        factor = Cholesky.TryFactor(gram, threads);
    }

    public void Solve(Span<double> vector)
    {
        if (!hasIntercept)
        {
            vector[ColumnCount] = 0;
        }

        if (factor is not null)
        {
            factor.Solve(vector);
        }
        else
        {
            for (int j = 0; j < vector.Length; j++)
            {
                vector[j] /= diagonal[j];
            }
        }

        if (!hasIntercept)
        {
            vector[ColumnCount] = 0;
        }
    }

    /// <summary>Coefficients and intercept of the columns as they are.</summary>
    public (double[] Coefficients, double Intercept) InColumnsAsTheyAre(ReadOnlySpan<double> at)
    {
        var coefficients = new double[ColumnCount];
        for (int j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = at[j] / scaling.Spreads[j];
        }

        return (coefficients, at[ColumnCount] - VectorKernels.Dot(scaling.Means, coefficients));
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static void Add(Span<double> scores, double intercept)
    {
        foreach (ref double score in scores)
        {
            score += intercept;
        }
    }

    /// <summary>A direction in which the looked-at rows have no curvature gets a little of the others'; without an intercept its place is a unit.</summary>
    private void Guess(SquareMatrix matrix, double mean)
    {
        for (int j = 0; j <= ColumnCount; j++)
        {
            matrix[j, j] += matrix[j, j] < 1e-3 * mean ? 0.1 * mean : 1e-10 * mean + 1e-300;
        }

        if (!hasIntercept)
        {
            matrix.Row(ColumnCount, ColumnCount).Clear();
            matrix[ColumnCount, ColumnCount] = Math.Max(mean, 1e-300);
        }

        diagonal = [.. Enumerable.Range(0, ColumnCount + 1).Select(j => matrix[j, j])];
    }

    private void Diagonal(DesignMatrix sample, double weight, Gram.RootWeights bend)
    {
        factor = null;
        var block = new DesignBlock(ColumnCount);
        var curvatures = new double[sample.BlockRows];
        double mean = 0;
        for (int start = 0; start < sample.RowCount; start += sample.BlockRows)
        {
            sample.Read(start, Math.Min(sample.BlockRows, sample.RowCount - start), block);
            bend(block, start, curvatures.AsSpan(0, block.Count));
            mean += LinearKernels.Sum(curvatures.AsSpan(0, block.Count)) / weight;
        }

        diagonal = [.. Enumerable.Range(0, Size).Select(j => Math.Max(mean, 1e-300) + penalty.Diagonal(j))];
    }
}
