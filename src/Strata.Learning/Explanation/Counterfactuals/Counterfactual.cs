namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>A small change of a row with which the model says what is wanted.</summary>
/// <param name="Changes">The columns that differ, all others staying as they are.</param>
/// <param name="Label">What the model then says.</param>
/// <param name="Score">The number, or the probability of that class; for outliers the score.</param>
/// <param name="Distance">Of the changes: numbers in median absolute deviations of the background, and one for another level.</param>
/// <param name="DistanceToData">How far the changed row is from the nearest background row, likewise and divided by the number of columns: a large one is a row as there is none.</param>
public sealed record Counterfactual(IReadOnlyList<ColumnChange> Changes, string Label, double Score, double Distance, double DistanceToData);

/// <summary>One column's change; null where a value is missing.</summary>
public sealed record ColumnChange(string Column, string? From, string? To);

/// <summary>The counterfactuals of one row.</summary>
/// <param name="Row">0-based.</param>
/// <param name="Label">What the model says of the row as it is.</param>
/// <param name="Score">The number, or the probability of that class; for outliers the score.</param>
/// <param name="Found">The nearest first, each of other columns; empty where none was found.</param>
/// <param name="Evaluations">How many changed rows the model was asked for.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
public sealed record CounterfactualAnswer(int Row, string Label, double Score, IReadOnlyList<Counterfactual> Found, int Evaluations, string? Reason);
