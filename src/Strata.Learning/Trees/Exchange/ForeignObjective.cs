using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>What another program's objective is here.</summary>
/// <param name="Name">The other program's name for it.</param>
/// <param name="Task">The kind of prediction.</param>
/// <param name="Objective">The nearest objective.</param>
/// <param name="Link">How its predictions come from raw scores: exactly this.</param>
internal sealed record ForeignObjective(string Name, LearningTask Task, BoostingObjective Objective, ScoreLink Link)
{
    public static ForeignObjective Number(string name, BoostingObjective objective, ScoreLink? link = null) => new(name, LearningTask.Regression, objective, link ?? objective.Link());

    public static ForeignObjective TwoClasses(string name) => new(name, LearningTask.BinaryClassification, BoostingObjective.LogLoss, ScoreLink.Logistic);

    public static ForeignObjective Classes(string name) => new(name, LearningTask.MulticlassClassification, BoostingObjective.Softmax, ScoreLink.Softmax);

    /// <summary>The raw score whose prediction this is, as XGBoost's <c>base_score</c> needs it.</summary>
    public double Margin(double prediction) => Link switch
    {
        ScoreLink.Logistic when prediction is > 0 and < 1 => -Math.Log(1 / prediction - 1),
        ScoreLink.Exponential when prediction > 0 => Math.Log(prediction),
        ScoreLink.Logistic or ScoreLink.Exponential => throw new ModelFileException($"The base score {prediction} is not possible with objective '{Name}'."),
        _ => prediction,
    };
}
