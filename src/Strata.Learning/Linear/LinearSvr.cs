using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression that forgives small errors: minimises half the squared coefficients plus C times the weighted sum of errors beyond epsilon, or of their squares, as
/// LIBLINEAR and scikit-learn's LinearSVR, the intercept penalised as they do unless told otherwise. Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record LinearSvr : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "linear_svr";
    private const string Title = "Linear support vector regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, what an error costs: smaller holds the coefficients closer to zero.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 1e3, LogScale = true)]
    public double C { get; init; } = 1;

    [Hyperparameter("Errors up to here cost nothing, in the target's unit.", Min = 0, Max = 1e140, SearchMin = 1e-3, SearchMax = 1, LogScale = true)]
    public double Epsilon { get; init; }

    [Hyperparameter("Whether errors beyond epsilon cost themselves or their squares.")]
    public MarginLoss Loss { get; init; } = MarginLoss.Absolute;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("Whether the intercept is penalised like a coefficient.", Advanced = true)]
    public bool PenalizeIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 1000;

    [Hyperparameter("The solver stops when no component of the mean gradient, by standardised columns and target, is larger (squared), or at this complementarity gap in parts of the objective (absolute).", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-8;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, Title, FitIntercept);
        // The intercept that is penalised is that of the target as it is: only its unit is taken off.
        double unit = rows.TargetSpread();
        double[] targets = [.. rows.Target.Select(value => value / unit)];
        (double[] at, SolverEnding ending) = Loss == MarginLoss.Squared ? Squared(rows, targets, unit, context) : Absolute(rows, targets, unit, context);
        double[] coefficients = [.. rows.Scaling.Spreads.Select((spread, j) => unit * at[j] / spread)];
        double intercept = unit * at[coefficients.Length] - VectorKernels.Dot(rows.Scaling.Means, coefficients);
        return rows.Finish(AlgorithmName, NumberLink.Identity, coefficients, intercept, ending);
    }

    private (double[] At, SolverEnding Ending) Squared(NumberRows rows, double[] targets, double unit, FitContext context)
    {
        double strength = 1 / (C * rows.TotalWeight);
        var penalty = new QuadraticPenalty(rows.Scaling, strength, FitIntercept && PenalizeIntercept ? strength : 0);
        var objective = new PointObjective(rows.Matrix, new SquaredTubePoints(Epsilon / unit), targets, rows.Weights, rows.Scaling, FitIntercept, penalty, context.ParallelOptions);
        Lbfgs.Result result = new Lbfgs(objective, Tolerance, MaxIterations).Minimize(Start(rows, unit), (_, _) => context.Cancellation.ThrowIfCancellationRequested());
        return (result.At, SolverEnding.Of(Title, result.LargestGradient <= Tolerance, result.Iterations, "the gradient", result.LargestGradient, Tolerance));
    }

    private (double[] At, SolverEnding Ending) Absolute(NumberRows rows, double[] targets, double unit, FitContext context)
    {
        double epsilon = Epsilon / unit, cost = C / unit;
        double[] ones = [.. targets.Select(_ => 1.0)], none = new double[targets.Length], high = [.. targets.Select((_, row) => rows.Weights?[row] ?? 1)];
        RowLines above = new(ones, [.. targets.Select(value => value - epsilon)], none, high);
        RowLines below = new([.. targets.Select(_ => -1.0)], [.. targets.Select(value => -value - epsilon)], none, high);
        // The whole divided by the cost, so that pulls are of one size.
        var penalty = new QuadraticPenalty(rows.Scaling, 1 / cost, FitIntercept && PenalizeIntercept ? 1 / cost : 0);
        var solver = new InteriorPoint(new HingeProblem(rows.Matrix, rows.Scaling, FitIntercept, [above, below], penalty, Absolute: 0), context.ParallelOptions);
        (double gap, int iterations) = solver.Solve(Start(rows, unit), Tolerance, MaxIterations);
        return (solver.At, SolverEnding.Of(Title, gap <= Tolerance, iterations, "the complementarity gap", gap, Tolerance));
    }

    private static double[] Start(NumberRows rows, double unit)
    {
        var start = new double[rows.Matrix.ColumnCount + 1];
        start[^1] = rows.TargetMean / unit;
        return start;
    }
}
