namespace Strata.Learning.Linear;

/// <summary>What a stochastic regressor lowers.</summary>
public enum NumberError
{
    /// <summary>Half the squared error.</summary>
    Squared,

    /// <summary>Half the squared error up to epsilon, then growing by size.</summary>
    Huber,

    /// <summary>The error beyond epsilon, as linear support vector regression.</summary>
    EpsilonInsensitive,
}

/// <summary>
/// Linear regression by stochastic gradient descent: one row at a time, in standardised columns and target. For very many rows. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record SgdRegressor : IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "sgd_regressor";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is lowered.")]
    public NumberError Loss { get; init; } = NumberError.Squared;

    [Hyperparameter("Where Huber's squares end, or up to where errors cost nothing, in the target's unit.", Min = 0, Max = 1e140)]
    public double Epsilon { get; init; } = 0.1;

    [Hyperparameter("The strength of the penalty, by standardised columns.", Min = 0, Max = 1e6, SearchMin = 1e-6, SearchMax = 1e-1, LogScale = true)]
    public double Alpha { get; init; } = 1e-4;

    [Hyperparameter("The share of the penalty that is on absolute coefficients.", Min = 0, Max = 1)]
    public double L1Ratio { get; init; }

    [Hyperparameter("How long steps are.")]
    public StepSchedule Schedule { get; init; } = StepSchedule.InverseRoot;

    [Hyperparameter("The first step, where the schedule asks for one.", Min = 1e-10, Max = 1e3, SearchMin = 1e-4, SearchMax = 1, LogScale = true)]
    public double FirstStep { get; init; } = 0.01;

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

    public LinearNumberModel Fit(TrainingTable table, FitContext context) => StochasticFits.Numbers(table, context, AlgorithmName, new StochasticSettings
    {
        Title = "The stochastic regressor",
        Loss = Loss switch { NumberError.Squared => StochasticLoss.Squared, NumberError.Huber => StochasticLoss.Huber, _ => StochasticLoss.Tube },
        Width = Epsilon,
        Alpha = Alpha,
        L1Ratio = L1Ratio,
        Schedule = Schedule,
        FirstStep = FirstStep,
        Average = Average,
        MaxEpochs = MaxEpochs,
        Tolerance = Tolerance,
        Patience = Patience,
        EarlyStopping = EarlyStopping,
    }, FitIntercept);
}
