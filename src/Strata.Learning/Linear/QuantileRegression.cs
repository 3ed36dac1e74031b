using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression of a quantile (Koenker and Bassett 1978): minimises the weighted mean of pinball losses plus alpha times the absolute coefficients, the intercept
/// free, as scikit-learn's QuantileRegressor. Of several equally good solutions it gives one. Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record QuantileRegression : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "quantile_regression";
    private const string Title = "Quantile regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The share of targets that should lie below predictions: 0.5 is the median.", Min = 0.0001, Max = 0.9999)]
    public double Quantile { get; init; } = 0.5;

    [Hyperparameter("The strength of the penalty on absolute coefficients.", Min = 0, Max = 1e140, SearchMin = 1e-5, SearchMax = 1, LogScale = true)]
    public double Alpha { get; init; }

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 10_000, Advanced = true)]
    public int MaxIterations { get; init; } = 200;

    [Hyperparameter("The solver stops at this complementarity gap, in parts of the objective; it then looks for the exact corner.", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-9;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, Title, FitIntercept);
        double unit = rows.TargetSpread();
        double[] targets = [.. rows.Target.Select(value => (value - rows.TargetMean) / unit)];
        var lines = new RowLines(
            [.. targets.Select(_ => 1.0)],
            targets,
            [.. targets.Select((_, row) => (Quantile - 1) * (rows.Weights?[row] ?? 1) / rows.TotalWeight)],
            [.. targets.Select((_, row) => Quantile * (rows.Weights?[row] ?? 1) / rows.TotalWeight)]);
        var problem = new HingeProblem(rows.Matrix, rows.Scaling, FitIntercept, [lines], Penalty: null, Alpha);
        var solver = new InteriorPoint(problem, context.ParallelOptions);
        (double gap, int iterations) = solver.Solve(new double[rows.Matrix.ColumnCount + 1], Tolerance, MaxIterations);
        bool isExact = solver.MoveToVertex();
        double[] coefficients = [.. rows.Scaling.Spreads.Select((spread, j) => unit * solver.At[j] / spread)];
        double intercept = rows.TargetMean + unit * solver.At[^1] - VectorKernels.Dot(rows.Scaling.Means, coefficients);
        var ending = SolverEnding.Of(Title, gap <= Tolerance || (isExact && gap <= 1e-6), iterations, "the complementarity gap", gap, Tolerance);
        return rows.Finish(AlgorithmName, NumberLink.Identity, coefficients, intercept, ending);
    }
}
