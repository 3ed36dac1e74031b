namespace Strata.Learning.Trees;

/// <summary>What boosting lowers: the loss, and with it what the model's raw scores mean.</summary>
public enum BoostingObjective
{
    /// <summary>Log loss for two classes, softmax for more, squared error for numbers.</summary>
    Automatic,

    /// <summary>Half the squared difference: predicts the mean.</summary>
    SquaredError,

    /// <summary>The absolute difference: predicts the median.</summary>
    AbsoluteError,

    /// <summary>Squared near the target, absolute far from it.</summary>
    Huber,

    /// <summary>Pinball loss: predicts a quantile.</summary>
    Quantile,

    /// <summary>Counts; the raw score is the logarithm of the mean.</summary>
    Poisson,

    /// <summary>Positive numbers whose spread grows with their mean; the raw score is the logarithm of the mean.</summary>
    Gamma,

    /// <summary>Amounts of which many are exactly zero; the raw score is the logarithm of the mean.</summary>
    Tweedie,

    /// <summary>Two classes; the raw score is the log-odds.</summary>
    LogLoss,

    /// <summary>Three or more classes, one raw score each.</summary>
    Softmax,

    /// <summary>The order of rows within their query, by pairs.</summary>
    PairwiseRank,

    /// <summary>The order of rows within their query, by what each pair's exchange does to the NDCG.</summary>
    LambdaRank,
}

/// <summary>Which objective serves which task, and which link belongs to it.</summary>
public static class BoostingObjectives
{
    /// <summary>The task's own objective: log loss, softmax or squared error.</summary>
    public static BoostingObjective For(LearningTask task) => task switch
    {
        LearningTask.BinaryClassification => BoostingObjective.LogLoss,
        LearningTask.MulticlassClassification => BoostingObjective.Softmax,
        _ => BoostingObjective.SquaredError,
    };

    /// <summary>The link of an objective that is not <see cref="BoostingObjective.Automatic"/>.</summary>
    public static ScoreLink Link(this BoostingObjective objective) => objective switch
    {
        BoostingObjective.LogLoss => ScoreLink.Logistic,
        BoostingObjective.Softmax => ScoreLink.Softmax,
        BoostingObjective.Poisson or BoostingObjective.Gamma or BoostingObjective.Tweedie => ScoreLink.Exponential,
        BoostingObjective.Automatic => throw new ArgumentOutOfRangeException(nameof(objective), objective, "The automatic objective has no link; ask the task for its own first."),
        _ => ScoreLink.Identity,
    };

    /// <summary>Whether the objective orders rows within queries instead of predicting a number.</summary>
    public static bool IsRanking(this BoostingObjective objective) => objective is BoostingObjective.PairwiseRank or BoostingObjective.LambdaRank;

    /// <summary>Whether the objective learns this task.</summary>
    public static bool Serves(this BoostingObjective objective, LearningTask task) => objective switch
    {
        BoostingObjective.Automatic => true,
        BoostingObjective.LogLoss => task == LearningTask.BinaryClassification,
        BoostingObjective.Softmax => task == LearningTask.MulticlassClassification,
        _ => task == LearningTask.Regression,
    };
}
