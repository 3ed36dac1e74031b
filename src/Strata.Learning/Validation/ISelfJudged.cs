namespace Strata.Learning.Validation;

/// <summary>A model that was made on folds, and knows what was said of each row by parts of it that had not seen the row.</summary>
internal interface ISelfJudged : IModel
{
    /// <summary>Null in a model that was read from a file.</summary>
    UnseenAnswers? Unseen { get; }
}
