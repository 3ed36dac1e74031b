using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Ordinary least squares: minimises the weighted sum of squared errors. Where columns depend on one another and many solutions are equally good it gives the one of
/// least norm: in the columns as they are when there are fewer rows than columns, else in standardised columns. Takes complete numbers only.
/// The result is the same for any number of threads.
/// </summary>
public sealed record LinearRegression : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "linear_regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, "Linear regression", FitIntercept);
        RidgeSolver solver = RidgeSolver.Of(rows, alpha: 0);
        double[] coefficients = solver.Coefficients();
        return rows.Finish(AlgorithmName, NumberLink.Identity, coefficients, rows.TargetMean - VectorKernels.Dot(rows.Scaling.Means, coefficients), solver.Ending);
    }
}
