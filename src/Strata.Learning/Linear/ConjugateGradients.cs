using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Least squares with a quadratic penalty by conjugate gradients on the residuals (CGLS, Björck 1996, section 7.4), which touch nothing but the entries of the rows.
/// From zero on they tend to the solution of least norm where there are many.
/// </summary>
/// <param name="matrix">The columns.</param>
/// <param name="target">One a row.</param>
/// <param name="weights">One a row, or null for one each.</param>
/// <param name="scaling">Of the same columns and weights.</param>
/// <param name="targetMean">Taken off the target.</param>
/// <param name="alpha">What the squared coefficients of columns as they are cost.</param>
/// <param name="units">The variables are the coefficients times these.</param>
/// <param name="threads">Who shares the work.</param>
internal sealed class ConjugateGradients(DesignMatrix matrix, double[] target, double[]? weights, Standardization scaling, double targetMean, double alpha, double[] units, ParallelOptions threads)
{
    private const double Tolerance = 1e-13, GoodEnough = 1e-8;
    private const int MostSteps = 10_000, MostFruitless = 100;

    /// <summary>How it ended.</summary>
    public SolverEnding Ending { get; private set; } = SolverEnding.Exact;

    /// <summary>The coefficients of the columns as they are.</summary>
    public double[] Solve()
    {
        double[] at = new double[units.Length], best = at, left = [.. target.Select(value => value - targetMean)];
        double[] gradient = Gradient(left, at), direction = Conditioned(gradient);
        double product = VectorKernels.Dot(gradient, direction), first = Length(gradient), smallest = first;
        int step = 0, bestStep = 0;
        for (; step < MostSteps && product > 0 && smallest > Tolerance * first && step - bestStep < MostFruitless; step++)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            double[] moved = Scores(direction);
            double curvature = Enumerable.Range(0, moved.Length).Sum(row => (weights?[row] ?? 1) * moved[row] * moved[row]) + Penalty(direction, direction);
            double length = product / curvature;
            at = [.. at];
            VectorKernels.AddScaled(direction, length, at);
            VectorKernels.AddScaled(moved, -length, left);
            gradient = Gradient(left, at);
            if (Length(gradient) < smallest)
            {
                (smallest, best, bestStep) = (Length(gradient), at, step);
            }

            double[] conditioned = Conditioned(gradient);
            double next = VectorKernels.Dot(gradient, conditioned);
            VectorKernels.AddScaled(direction, next / product, conditioned);
            (direction, product) = (conditioned, next);
        }

        double reached = first > 0 ? smallest / first : 0;
        Ending = SolverEnding.Of("Least squares", reached <= GoodEnough, step, "the gradient, in parts of the first,", reached, GoodEnough);
        return [.. best.Select((value, j) => value / units[j])];
    }

    private static double Length(double[] vector) => Math.Sqrt(VectorKernels.Dot(vector, vector));

    private double[] Conditioned(double[] gradient)
    {
        double[] conditioned = [.. gradient];
        for (int j = 0; j < conditioned.Length; j++)
        {
            double spread = scaling.Spreads[j] / units[j];
            // Without a penalty the variables stay as they are: another measure would tend to another solution of least norm.
            conditioned[j] /= alpha == 0 ? 1 : scaling.TotalWeight * spread * spread + alpha / (units[j] * units[j]);
        }

        return conditioned;
    }

    /// <summary>What is left of the target times the columns, less the penalty's pull.</summary>
    private double[] Gradient(double[] left, double[] at)
    {
        double[] sums = ColumnSums.Of(matrix, scaling, (start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (weights?[start + i] ?? 1) * left[start + i];
            }
        }, new double[units.Length], threads);
        for (int j = 0; j < sums.Length; j++)
        {
            sums[j] = sums[j] / units[j] - alpha * at[j] / (units[j] * units[j]);
        }

        return sums;
    }

    /// <summary>The scores of all rows from a row of means on.</summary>
    private double[] Scores(double[] variables)
    {
        double[] coefficients = [.. variables.Select((value, j) => value / units[j])], scores = new double[matrix.RowCount];
        double moved = VectorKernels.Dot(scaling.Means, coefficients);
        ColumnSums.Of(matrix, scaling, (start, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                scores[start + i] = values[i] - moved;
            }

            values.Clear();
        }, coefficients, threads);
        return scores;
    }

    private double Penalty(double[] a, double[] b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += alpha * a[j] * b[j] / (units[j] * units[j]);
        }

        return sum;
    }
}
