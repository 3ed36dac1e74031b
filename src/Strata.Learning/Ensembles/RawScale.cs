using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;

namespace Strata.Learning.Ensembles;

/// <summary>What a model's raw scores are, which decides in which votes they add up.</summary>
internal enum RawScale
{
    /// <summary>The number or the probabilities themselves.</summary>
    Prediction,

    /// <summary>Log-odds for two classes, logarithms of probabilities up to a constant a row for more.</summary>
    LogOdds,

    /// <summary>Anything else.</summary>
    Other,
}

internal static class RawScales
{
    public static RawScale Of(IModel model) => model switch
    {
        FinishedModel { Calibration: null } finished => Of(finished.Pipeline),
        PipelineModel pipeline => Of(pipeline.Learner),
        GradientBoostingModel boosting => Of(boosting.Link, boosting.Signature.Task.IsClassification()),
        AveragingModel => RawScale.Prediction,
        LogisticRegressionModel => RawScale.LogOdds,
        RidgeModel or LinearNumberModel { Link: NumberLink.Identity } => RawScale.Prediction,
        VotingModel voting => voting.Scale,
        _ => RawScale.Other,
    };

    private static RawScale Of(ScoreLink link, bool classes) => link switch
    {
        ScoreLink.Identity => RawScale.Prediction,
        ScoreLink.Logistic or ScoreLink.Softmax when classes => RawScale.LogOdds,
        _ => RawScale.Other,
    };
}
