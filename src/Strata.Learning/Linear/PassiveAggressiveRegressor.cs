namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression row by row (Crammer et al. 2006): a row within epsilon changes nothing, another moves the plane just far enough, at most C, in standardised columns and
/// target. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record PassiveAggressiveRegressor : StochasticRecipe, IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "passive_aggressive_regressor";

    public PassiveAggressiveRegressor() => Average = true;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("Errors up to here change nothing, in the target's unit.", Min = 0, Max = 1e140)]
    public double Epsilon { get; init; } = 0.1;

    [Hyperparameter("C, the longest step: smaller forgets less for one row.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double C { get; init; } = 0.01;

    [Hyperparameter("Whether losses are squared (PA-II), so that steps are shortened instead of cut off (PA-I).", Advanced = true)]
    public bool Squared { get; init; }

    private StochasticLoss LossToLower => Squared ? StochasticLoss.SquaredTube : StochasticLoss.Tube;

    public LinearNumberModel Fit(TrainingTable table, FitContext context) =>
        StochasticFits.Numbers(table, context, AlgorithmName, Settings("The passive-aggressive regressor", LossToLower) with { Width = Epsilon, Aggressiveness = C }, FitIntercept);
}
