namespace Strata.Learning.Validation;

/// <summary>What a model said of the rows that it was made on, each row by parts of it that had not seen the row.</summary>
/// <param name="TableRows">How many rows it was given.</param>
/// <param name="Rows">Those of them that are predicted, ascending: all, or by time the later ones.</param>
/// <param name="Split">The folds in words.</param>
/// <param name="Together">The model's answers for these rows.</param>
/// <param name="Of">Answers of its parts for these rows, by name.</param>
internal sealed record UnseenAnswers(int TableRows, int[] Rows, string Split, Predictions Together, IReadOnlyDictionary<string, Predictions> Of);
