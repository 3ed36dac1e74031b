using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression with an L2 penalty: minimises the weighted sum of squared errors plus alpha times the squared coefficients; the intercept is free.
/// Takes complete numbers only, and any number of columns. The result is the same for any number of threads.
/// </summary>
public sealed record Ridge : IRecipe<RidgeModel>
{
    internal const string AlgorithmName = "ridge";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The penalty's strength: larger holds the coefficients closer to zero.", Min = 0, SearchMin = 1e-4, SearchMax = 1e4, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Whether predictions have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    public RidgeModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, "Ridge regression", FitIntercept);
        RidgeSolver solver = RidgeSolver.Of(rows, Alpha);
        double[] coefficients = solver.Coefficients();
        return rows.FinishRidge(coefficients, rows.TargetMean - VectorKernels.Dot(rows.Scaling.Means, coefficients), solver.Ending.Notes);
    }
}
