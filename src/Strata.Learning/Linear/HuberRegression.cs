using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression that outliers do not bend (Owen 2007, as scikit-learn's HuberRegressor): minimises, over coefficients, intercept and a scale, the weighted sum of
/// scale + scale H(residual / scale) plus alpha times the squared coefficients, with H(z) = z² up to epsilon and 2 epsilon |z| - epsilon² beyond. Takes complete
/// numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record HuberRegression : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "huber";
    private const string Title = "Huber regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("Residuals beyond this many scales count by their size instead of their square: smaller is more robust.", Min = 1.0001, Max = 1000, SearchMin = 1.05, SearchMax = 3)]
    public double Epsilon { get; init; } = 1.35;

    [Hyperparameter("The strength of the penalty on squared coefficients.", Min = 0, Max = 1e140, SearchMin = 1e-6, SearchMax = 10, LogScale = true)]
    public double Alpha { get; init; } = 1e-4;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 1000;

    [Hyperparameter("The solver stops when no component of the mean gradient, by standardised columns and target, is larger.", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-8;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, Title, FitIntercept);
        double unit = rows.TargetSpread();
        double[] targets = [.. rows.Target.Select(value => (value - rows.TargetMean) / unit)];
        double[] leastSquares = RidgeSolver.Of(rows, Alpha).Coefficients();
        var objective = new HuberObjective(rows, targets, Epsilon, Alpha * unit);
        double[] start = objective.StartFrom([.. leastSquares.Select(coefficient => coefficient / unit)]);
        if (start[^1] <= HuberObjective.SmallestScale)
        {
            // The rows lie on a plane: the scale is zero, and least squares has found the plane.
            return Model(rows, start, unit, SolverEnding.Exact);
        }

        Lbfgs.Result result = new Lbfgs(objective, Tolerance, MaxIterations).Minimize(start, (_, _) => context.Cancellation.ThrowIfCancellationRequested());
        return Model(rows, result.At, unit, SolverEnding.Of(Title, result.LargestGradient <= Tolerance, result.Iterations, "the gradient", result.LargestGradient, Tolerance));
    }

    private static LinearNumberModel Model(NumberRows rows, double[] at, double unit, SolverEnding ending)
    {
        double[] coefficients = [.. rows.Scaling.Spreads.Select((spread, j) => unit * at[j] / spread)];
        double intercept = rows.TargetMean + unit * at[coefficients.Length] - VectorKernels.Dot(rows.Scaling.Means, coefficients);
        return rows.Finish(AlgorithmName, NumberLink.Identity, coefficients, intercept, ending);
    }
}
