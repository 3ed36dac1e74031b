namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression of the logarithm of a mean amount that is often zero (claims, rain): minimises the weighted mean of half the Tweedie deviances plus half alpha times the squared coefficients.
/// Takes complete numbers only. The result is the same for any number of threads.
/// </summary>
public sealed record TweedieRegression : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "tweedie_regression";
    private const string Title = "Tweedie regression";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The variance grows with this power of the mean: 1 Poisson, between 1 and 2 zeros and positive amounts together, 2 gamma, 3 inverse Gaussian.", Min = 1, Max = 3, SearchMin = 1.1, SearchMax = 1.9)]
    public double Power { get; init; } = 1.5;

    [Hyperparameter("The strength of the penalty on squared coefficients.", Min = 0, Max = 1e140, SearchMin = 1e-6, SearchMax = 10, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Whether scores have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    [Hyperparameter("The most steps of the solver.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 1000;

    [Hyperparameter("The solver stops when no component of the mean gradient, by standardised columns and in parts of the mean target's, is larger.", Min = 1e-13, Max = 0.1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-8;

    public LinearNumberModel Fit(TrainingTable table, FitContext context)
    {
        NumberRows rows = NumberRows.Of(table, context, Title, FitIntercept);
        return CountsAndAmounts.Fit(rows, (AlgorithmName, Title, table.Target.Name), Power, Alpha, Tolerance, MaxIterations);
    }
}
