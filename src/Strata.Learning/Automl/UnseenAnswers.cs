namespace Strata.Learning.Automl;

/// <summary>What a study's ensemble and the candidates in its file said of training rows, each row by models that had not seen it.</summary>
/// <param name="TableRows">How many rows the study was given.</param>
/// <param name="Rows">Those of them that are predicted, ascending: all, or by time the later ones.</param>
/// <param name="Split">The folds in words.</param>
/// <param name="Of">Answers for these rows by the leaderboard's names.</param>
internal sealed record UnseenAnswers(int TableRows, int[] Rows, string Split, IReadOnlyDictionary<string, Predictions> Of);
