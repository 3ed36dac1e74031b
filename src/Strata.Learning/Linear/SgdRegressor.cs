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
public sealed record SgdRegressor : GradientDescentRecipe, IRecipe<LinearNumberModel>
{
    internal const string AlgorithmName = "sgd_regressor";

    public SgdRegressor() => Schedule = StepSchedule.InverseRoot;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is lowered.")]
    public NumberError Loss { get; init; } = NumberError.Squared;

    [Hyperparameter("Where Huber's squares end, or up to where errors cost nothing, in the target's unit.", Min = 0, Max = 1e140)]
    public double Epsilon { get; init; } = 0.1;

    private StochasticLoss LossToLower => Loss switch { NumberError.Squared => StochasticLoss.Squared, NumberError.Huber => StochasticLoss.Huber, _ => StochasticLoss.Tube };

    public LinearNumberModel Fit(TrainingTable table, FitContext context) =>
        StochasticFits.Numbers(table, context, AlgorithmName, Settings("The stochastic regressor", LossToLower) with { Width = Epsilon }, FitIntercept);
}
