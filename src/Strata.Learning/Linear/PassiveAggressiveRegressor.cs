namespace Strata.Learning.Linear;

/// <summary>
/// Linear regression row by row (Crammer et al. 2006): a row within epsilon changes nothing, another moves the plane just far enough, at most C, in standardised columns and
/// target. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record PassiveAggressiveRegressor : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "passive_aggressive_regressor";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("Errors up to here change nothing, in the target's unit.", Min = 0, Max = 1e140)]
    public double Epsilon { get; init; } = 0.1;

    [Hyperparameter("C, the longest step: smaller forgets less for one row.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double C { get; init; } = 0.01;

    [Hyperparameter("Whether losses are squared (PA-II), so that steps are shortened instead of cut off (PA-I).", Advanced = true)]
    public bool Squared { get; init; }

    [Hyperparameter("Whether the model is the average over all steps after the first epoch, which is steadier.")]
    public bool Average { get; init; } = true;

    [Hyperparameter("Whether a tenth of the rows is held out, to stop by its loss and keep the best epoch.")]
    public bool EarlyStopping { get; init; }

    [Hyperparameter("The most passes over the rows.", Min = 1, Max = 1_000_000)]
    public int MaxEpochs { get; init; } = 1000;

    [Hyperparameter("An epoch that lowers the mean loss by less counts as fruitless.", Min = 0, Max = 1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-3;

    [Hyperparameter("The fit stops after so many fruitless epochs on end.", Min = 1, Max = 10_000, Advanced = true)]
    public int Patience { get; init; } = 5;

    [Hyperparameter("Whether scores have an intercept.", Advanced = true)]
    public bool FitIntercept { get; init; } = true;

    public LinearNumberModel Fit(TrainingTable table, FitContext context) => StochasticFits.Numbers(table, context, AlgorithmName, new StochasticSettings
    {
        Title = "The passive-aggressive regressor",
        Loss = Squared ? StochasticLoss.SquaredTube : StochasticLoss.Tube,
        Width = Epsilon,
        Aggressiveness = C,
        Average = Average,
        MaxEpochs = MaxEpochs,
        Tolerance = Tolerance,
        Patience = Patience,
        EarlyStopping = EarlyStopping,
    }, FitIntercept);
}
