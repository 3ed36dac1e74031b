namespace Strata.Learning.Automl;

/// <summary>What the time allows on a table.</summary>
/// <param name="Folds">In how many parts the rows are split.</param>
/// <param name="IsHasty">Whether few candidates will get done, so that those worth most for their time go first.</param>
internal readonly record struct StudyPace(int Folds, bool IsHasty);
