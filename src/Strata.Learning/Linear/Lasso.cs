namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression that leaves columns out: minimises half the weighted mean of squared errors plus alpha times the absolute coefficients; the intercept is free.
/// Coefficients that do not pay are exactly zero. Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record Lasso : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "lasso";
    private const string Title = "Lasso";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The penalty's strength: larger holds the coefficients closer to zero, and more of them there.", Min = 0, Max = 1e140, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("The most sweeps over the coefficients.", Min = 1, Max = 10_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 10_000;

    [Hyperparameter("The solver stops at this duality gap, in parts of the target's mean square; where possible it then makes the solution exact.", Min = 1e-14, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-6;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, Title, FitIntercept);
        (double[] coefficients, double intercept, SolverEnding ending) = new PenalizedLeastSquares(rows, l1Ratio: 1).Solve(Title, Alpha, Tolerance, MaxIterations);
        return rows.Finish(AlgorithmName, NumberLink.Identity, coefficients, intercept, ending);
    }
}
