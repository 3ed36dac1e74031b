namespace Strata.Learning.Linear;

/// <summary>What recipes have in common that learn a weighted sum of the columns one row at a time.</summary>
public abstract record StochasticRecipe
{
    private protected StochasticRecipe()
    {
    }

    [Hyperparameter("Whether the model is the average over all steps after the first epoch, which is steadier.")]
    public bool Average { get; init; }

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

    /// <summary>How to go about it, as far as all of them say.</summary>
    private protected virtual StochasticSettings Settings(string title, StochasticLoss loss) => new()
    {
        Title = title,
        Loss = loss,
        Average = Average,
        MaxEpochs = MaxEpochs,
        Tolerance = Tolerance,
        Patience = Patience,
        EarlyStopping = EarlyStopping,
    };
}
