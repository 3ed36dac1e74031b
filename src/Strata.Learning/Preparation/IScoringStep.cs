namespace Strata.Learning.Preparation;

/// <summary>A step that chooses columns by scores, which somebody may want to see.</summary>
internal interface IScoringStep : IStep
{
    /// <summary>The fitted step, and for each column its score; null for one that is kept without.</summary>
    (IFittedStep Fitted, IReadOnlyDictionary<string, double?> Scores) FitScored(TrainingTable table, FitContext context);
}
