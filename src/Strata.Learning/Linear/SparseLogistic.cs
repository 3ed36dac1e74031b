namespace Strata.Learning.Linear;

/// <summary>
/// Minimises a smooth function plus absolute values of its variables: proximal Newton steps with the function's own estimate of its curvature (Lee, Sun and Saunders
/// 2014) find which variables are zero and the signs of the others; between them the function of these others, smooth where signs stand, is brought to its minimum.
/// </summary>
/// <param name="objective">The smooth part; of each output the coefficients and then the intercept.</param>
/// <param name="absolute">Factor of each variable's absolute value; 0 for intercepts.</param>
/// <param name="tolerance">Of the largest component of the least subgradient.</param>
/// <param name="maxIterations">The most proximal steps.</param>
/// <param name="threads">For cancellation, and for the linear equations.</param>
internal sealed class SparseLogistic(LogisticObjective objective, double[] absolute, double tolerance, int maxIterations, ParallelOptions threads)
{
    private const int MostSmoothSteps = 50;

    /// <param name="start">Where to begin.</param>
    /// <param name="report">Called after each step with its 0-based number and the new point, which is what was evaluated last.</param>
    public Lbfgs.Result Minimize(double[] start, Action<int, double[]> report)
    {
        double[] at = (double[])start.Clone(), gradient = new double[at.Length];
        double value = objective.Evaluate(at, gradient) + Absolute(at);
        int iteration = 0, nextLook = 0;
        while (iteration < maxIterations && Violation(at, gradient) > tolerance)
        {
            if (iteration >= nextLook)
            {
                objective.EstimateCurvature(at);
                nextLook = 2 * iteration + 2;
            }

            double before = value;
            Step(ref at, ref value, gradient);
            Smooth(ref at, ref value);
            value = objective.Evaluate(at, gradient) + Absolute(at);
            report(iteration++, at);
            if (!(value < before) && Violation(at, gradient) > tolerance && iteration > nextLook)
            {
                break; // Rounding is all that is left.
            }
        }

        return new Lbfgs.Result(at, iteration, Violation(at, gradient));
    }

    private double Absolute(double[] at)
    {
        double sum = 0;
        for (int j = 0; j < at.Length; j++)
        {
            sum += absolute[j] * Math.Abs(at[j]);
        }

        return sum;
    }

    /// <summary>The largest component of the smallest subgradient.</summary>
    private double Violation(double[] at, double[] gradient)
    {
        double largest = 0;
        for (int j = 0; j < at.Length; j++)
        {
            double slope = at[j] != 0 ? Math.Abs(gradient[j] + absolute[j] * Math.Sign(at[j])) : Math.Max(0, Math.Abs(gradient[j]) - absolute[j]);
            largest = Math.Max(largest, slope);
        }

        return largest;
    }

    private void Step(ref double[] at, ref double value, double[] gradient)
    {
        double[] aim = objective.ProximalPoint(at, gradient, absolute);
        double descent = Absolute(aim) - Absolute(at);
        for (int j = 0; j < aim.Length; j++)
        {
            descent += gradient[j] * (aim[j] - at[j]);
        }

        var trial = new double[at.Length];
        var unused = new double[at.Length];
        for (double length = 1; descent < 0 && length > 1e-10; length /= 2)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < trial.Length; j++)
            {
                trial[j] = length == 1 ? aim[j] : at[j] + length * (aim[j] - at[j]);
            }

            double there = objective.Evaluate(trial, unused) + Absolute(trial);
            if (there <= value + 1e-4 * length * descent)
            {
                (at, value) = (trial, there);
                return;
            }
        }
    }

    /// <summary>Where the signs stand, the minimum of the function with them; variables that would change sign stop at zero. Kept when it is lower.</summary>
    private void Smooth(ref double[] at, ref double value)
    {
        double[] signs = [.. at.Select((variable, j) => absolute[j] > 0 ? Math.Sign(variable) : 1.0)];
        var orthant = new Orthant(objective, absolute, signs);
        double[] point = new Lbfgs(orthant, 0.5 * tolerance, MostSmoothSteps).Minimize(at, (_, _) => threads.CancellationToken.ThrowIfCancellationRequested()).At;
        double[] kept = [.. point.Select((variable, j) => absolute[j] > 0 && variable * signs[j] < 0 ? 0 : variable)];
        double there = objective.Evaluate(kept, new double[kept.Length]) + Absolute(kept);
        if (there <= value)
        {
            (at, value) = (kept, there);
        }
    }

    /// <summary>The function with absolute values replaced by signed ones, of the variables that are not zero.</summary>
    private sealed class Orthant(LogisticObjective objective, double[] absolute, double[] signs) : IObjective
    {
        public int Size => objective.Size;

        public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
        {
            double value = objective.Evaluate(at, gradient);
            for (int j = 0; j < gradient.Length; j++)
            {
                value += absolute[j] * signs[j] * at[j];
                gradient[j] = signs[j] == 0 ? 0 : gradient[j] + absolute[j] * signs[j];
            }

            return value;
        }

        public void EstimateCurvature(ReadOnlySpan<double> at) => objective.EstimateCurvature(at);

        public void Solve(Span<double> vector)
        {
            Mask(vector);
            objective.Solve(vector);
            Mask(vector);
        }

        private void Mask(Span<double> vector)
        {
            for (int j = 0; j < vector.Length; j++)
            {
                vector[j] = signs[j] == 0 ? 0 : vector[j];
            }
        }
    }
}
