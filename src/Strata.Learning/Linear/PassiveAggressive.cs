namespace Strata.Learning.Linear;

/// <summary>
/// Linear classification row by row (Crammer et al. 2006): a row on the right side of the margin changes nothing, another moves the plane just far enough, at most C.
/// Several classes each against the rest, in standardised columns. Scores are taken for log-odds: only their order means something. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record PassiveAggressive : StochasticRecipe, IRecipe<LinearMarginModel>
{
    internal const string AlgorithmName = "passive_aggressive";

    public PassiveAggressive() => Average = true;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("C, the longest step: smaller forgets less for one row.", Min = 1e-10, Max = 1e10, SearchMin = 1e-4, SearchMax = 10, LogScale = true)]
    public double C { get; init; } = 0.01;

    [Hyperparameter("Whether losses are squared (PA-II), so that steps are shortened instead of cut off (PA-I).", Advanced = true)]
    public bool Squared { get; init; }

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

    private StochasticLoss LossToLower => Squared ? StochasticLoss.SquaredHinge : StochasticLoss.Hinge;

    public LinearMarginModel Fit(TrainingTable table, FitContext context) =>
        StochasticFits.Classes(table, context, AlgorithmName, Settings("The passive-aggressive classifier", LossToLower) with { Aggressiveness = C }, ClassWeight, FitIntercept);
}
