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
public sealed record SgdClassifier : IRecipe<LinearMarginModel>
{
    internal const string AlgorithmName = "sgd_classifier";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is lowered.")]
    public ClassLoss Loss { get; init; } = ClassLoss.Logistic;

    [Hyperparameter("The strength of the penalty, by standardised columns.", Min = 0, Max = 1e6, SearchMin = 1e-6, SearchMax = 1e-1, LogScale = true)]
    public double Alpha { get; init; } = 1e-4;

    [Hyperparameter("The share of the penalty that is on absolute coefficients.", Min = 0, Max = 1)]
    public double L1Ratio { get; init; }

    [Hyperparameter("How long steps are.")]
    public StepSchedule Schedule { get; init; } = StepSchedule.Optimal;

    [Hyperparameter("The first step, where the schedule asks for one.", Min = 1e-10, Max = 1e3, SearchMin = 1e-4, SearchMax = 1, LogScale = true)]
    public double FirstStep { get; init; } = 0.01;

    [Hyperparameter("How classes of unequal size count.")]
    public ClassWeighting ClassWeight { get; init; } = ClassWeighting.None;

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

    public LinearMarginModel Fit(TrainingTable table, FitContext context) => StochasticFits.Classes(table, context, AlgorithmName, new StochasticSettings
    {
        Title = "The stochastic classifier",
        Loss = Loss switch { ClassLoss.Logistic => StochasticLoss.Logistic, ClassLoss.Hinge => StochasticLoss.Hinge, _ => StochasticLoss.SquaredHinge },
        Alpha = Alpha,
        L1Ratio = L1Ratio,
        Schedule = Schedule,
        FirstStep = FirstStep,
        Average = Average,
        MaxEpochs = MaxEpochs,
        Tolerance = Tolerance,
        Patience = Patience,
        EarlyStopping = EarlyStopping,
    }, ClassWeight, FitIntercept);
}
