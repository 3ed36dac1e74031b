using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Minimises a convex function by limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.4), started at each step from the objective's own estimate of
/// its curvature instead of a multiple of the identity: on standardised columns with their Gram matrix for a start it behaves like Newton's method.
/// </summary>
internal sealed class Lbfgs(IObjective objective, double tolerance, int maxIterations)
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4, Curvature = 0.9, Rounding = 1e-14;

    private readonly List<(double[] Step, double[] Change, double Product)> history = [];
    private readonly double[] direction = new double[objective.Size];
    private double[] at = new double[objective.Size], gradient = new double[objective.Size];
    private double[] trial = new double[objective.Size], trialGradient = new double[objective.Size];
    private double value;

    /// <summary>How a minimisation ended.</summary>
    /// <param name="At">The best point.</param>
    /// <param name="Iterations">Steps taken.</param>
    /// <param name="LargestGradient">Largest magnitude of a component of the gradient there.</param>
    public sealed record Result(double[] At, int Iterations, double LargestGradient);

    /// <param name="start">Where to begin.</param>
    /// <param name="report">Called after each step with its 0-based number and the new point, which is what was evaluated last.</param>
    public Result Minimize(double[] start, Action<int, double[]> report)
    {
        start.CopyTo(at, 0);
        value = objective.Evaluate(at, gradient);
        int iteration = 0, nextLook = 0;
        while (iteration < maxIterations && Largest(gradient) > tolerance)
        {
            if (iteration >= nextLook)
            {
                objective.EstimateCurvature(at);
                nextLook = 2 * iteration + 8;
            }

            FindDirection();
            if (!Search() && !RestartAndSearch())
            {
                break;
            }

            Remember();
            report(iteration++, at);
        }

        return new Result(at, iteration, Largest(gradient));
    }

    private static double Largest(double[] vector)
    {
        double largest = 0;
        foreach (double component in vector)
        {
            largest = Math.Max(largest, Math.Abs(component));
        }

        return largest;
    }

    private bool RestartAndSearch()
    {
        history.Clear();
        objective.EstimateCurvature(at);
        FindDirection();
        return Search();
    }

    /// <summary>The two-loop recursion.</summary>
    private void FindDirection()
    {
        gradient.CopyTo(direction, 0);
        Span<double> alphas = stackalloc double[Memory];
        for (int i = history.Count - 1; i >= 0; i--)
        {
            (double[] step, double[] change, double product) = history[i];
            alphas[i] = VectorKernels.Dot(step, direction) / product;
            VectorKernels.AddScaled(change, -alphas[i], direction);
        }

        double scale = -1;
        if (history.Count > 0)
        {
            (_, double[] change, double product) = history[^1];
            var solved = (double[])change.Clone();
            objective.Solve(solved);
            scale = -product / VectorKernels.Dot(change, solved);
        }

        objective.Solve(direction);
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] *= scale;
        }

        for (int i = 0; i < history.Count; i++)
        {
            (double[] step, double[] change, double product) = history[i];
            double beta = -VectorKernels.Dot(change, direction) / product;
            VectorKernels.AddScaled(step, beta - alphas[i], direction);
        }
    }

    /// <summary>
    /// Finds a step along the direction that decreases the value enough and flattens the slope (weak Wolfe conditions; near the minimum, where values
    /// differ by rounding only, the slope decides: Hager and Zhang 2005). Leaves the new point in the trial.
    /// </summary>
    private bool Search()
    {
        double slope = VectorKernels.Dot(gradient, direction);
        if (!(slope < 0))
        {
            return false;
        }

        double low = 0, lowSlope = slope, high = double.PositiveInfinity, highSlope = double.NaN, length = 1;
        for (int attempt = 0; attempt < 40; attempt++)
        {
            at.CopyTo(trial, 0);
            VectorKernels.AddScaled(direction, length, trial);
            double there = objective.Evaluate(trial, trialGradient);
            double slopeThere = VectorKernels.Dot(trialGradient, direction);
            bool decreased = there <= value + SufficientDecrease * length * slope
                || (there <= value + Rounding * Math.Abs(value) && slopeThere <= (2 * SufficientDecrease - 1) * slope);
            if (decreased && slopeThere >= Curvature * slope)
            {
                value = there;
                return true;
            }

            if (decreased)
            {
                (low, lowSlope) = (length, slopeThere);
            }
            else
            {
                (high, highSlope) = (length, slopeThere);
            }

            length = double.IsPositiveInfinity(high) ? 4 * length : Between(low, lowSlope, high, highSlope);
        }

        return false;
    }

    /// <summary>Where a straight line through the slopes crosses zero, kept away from the ends.</summary>
    private static double Between(double low, double lowSlope, double high, double highSlope)
    {
        double width = high - low;
        double crossing = highSlope > 0 && lowSlope < 0 ? low + width * lowSlope / (lowSlope - highSlope) : low + width / 2;
        return Math.Clamp(crossing, low + 0.1 * width, high - 0.1 * width);
    }

    private void Remember()
    {
        var step = new double[at.Length];
        var change = new double[at.Length];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = trial[i] - at[i];
            change[i] = trialGradient[i] - gradient[i];
        }

        double product = VectorKernels.Dot(step, change);
        if (product > 0)
        {
            if (history.Count == Memory)
            {
                history.RemoveAt(0);
            }

            history.Add((step, change, product));
        }

        (at, trial) = (trial, at);
        (gradient, trialGradient) = (trialGradient, gradient);
    }
}
