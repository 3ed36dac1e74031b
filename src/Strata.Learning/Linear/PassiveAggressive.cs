namespace Strata.Learning.Linear;

/// <summary>
/// Linear classification row by row (Crammer et al. 2006): a row on the right side of the margin changes nothing, another moves the plane just far enough, at most C.
/// Several classes each against the rest, in standardised columns. Scores are taken for log-odds: only their order means something. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record PassiveAggressive : IRecipe<LinearMarginModel>
{
    internal const string AlgorithmName = "passive_aggressive";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, the longest step: smaller forgets less for one row.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double C { get; init; } = 0.01;

    [Hyperparameter("Whether losses are squared (PA-II), so that steps are shortened instead of cut off (PA-I).", Advanced = true)]
    public bool Squared { get; init; }

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

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

    public LinearMarginModel Fit(TrainingTable table, FitContext context) => StochasticFits.Classes(table, context, AlgorithmName, new StochasticSettings
    {
        Title = "The passive-aggressive classifier",
        Loss = Squared ? StochasticLoss.SquaredHinge : StochasticLoss.Hinge,
        Aggressiveness = C,
        Average = Average,
        MaxEpochs = MaxEpochs,
        Tolerance = Tolerance,
        Patience = Patience,
        EarlyStopping = EarlyStopping,
    }, ClassWeight, FitIntercept);
}
