namespace Strata.Learning.Linear;

/// <summary>What a stochastic classifier lowers.</summary>
public enum ClassLoss
{
    /// <summary>Log loss, as logistic regression.</summary>
    Logistic,

    /// <summary>max(0, 1 - y s), as a linear support vector machine.</summary>
    Hinge,

    /// <summary>Its square.</summary>
    SquaredHinge,
}

/// <summary>
/// Linear classification by stochastic gradient descent: one row at a time, in standardised columns, several classes each against the rest. For very many rows. Scores are
/// taken for log-odds, which they are for the logistic loss only. Takes complete numbers only.
/// The same seed gives the same model, for any number of threads; another order of rows gives another one near by.
/// </summary>
public sealed record SgdClassifier : GradientDescentRecipe, IRecipe<LinearMarginModel>
{
    internal const string AlgorithmName = "sgd_classifier";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is lowered.")]
    public ClassLoss Loss { get; init; } = ClassLoss.Logistic;

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

    private StochasticLoss LossToLower => Loss switch { ClassLoss.Logistic => StochasticLoss.Logistic, ClassLoss.Hinge => StochasticLoss.Hinge, _ => StochasticLoss.SquaredHinge };

    public LinearMarginModel Fit(TrainingTable table, FitContext context) =>
        StochasticFits.Classes(table, context, AlgorithmName, Settings("The stochastic classifier", LossToLower), ClassWeight, FitIntercept);
}
