namespace Strata.Client.Contracts;

/// <summary>One output of one row by a linear model that holds near it (LIME).</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Output">The target's name, or the class.</param>
/// <param name="Prediction">What the model says.</param>
/// <param name="LocalPrediction">What the linear model says of the same row.</param>
/// <param name="Intercept">What the linear model says where no term holds.</param>
/// <param name="Fidelity">How well it follows the model near the row (R²), at most 1; with little of it the terms say little.</param>
/// <param name="Terms">The largest weight first.</param>
public sealed record LimeView(int Row, string Output, double Prediction, double LocalPrediction, double Intercept, double Fidelity, IReadOnlyList<LimeTermView> Terms);

/// <summary>One term of a local linear model.</summary>
/// <param name="Column">The column.</param>
/// <param name="Condition">What holds of the explained row.</param>
/// <param name="Weight">By how much the prediction is larger where it holds.</param>
public sealed record LimeTermView(string Column, string Condition, double Weight);

/// <summary>What a model says along a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Labels">Its values as text.</param>
/// <param name="Numbers">The same as numbers, seconds since 1970 for dates; null for levels.</param>
/// <param name="Outputs">The target's name, or the classes.</param>
/// <param name="Values">By output and value: the mean answer when all rows have the value, or the accumulated effect.</param>
/// <param name="Individual">By output, row and value, where each row's line was asked for; else null.</param>
public sealed record EffectView(
    string Column, IReadOnlyList<string> Labels, IReadOnlyList<double>? Numbers, IReadOnlyList<string> Outputs, IReadOnlyList<IReadOnlyList<double>> Values, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? Individual = null);

/// <summary>Small changes of one row with which the model says what is wanted.</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Label">What the model says of the row as it is.</param>
/// <param name="Score">The number, or the probability of that class.</param>
/// <param name="Found">The nearest first, each of other columns; empty where none was found.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
public sealed record CounterfactualAnswerView(int Row, string Label, double Score, IReadOnlyList<CounterfactualView> Found, string? Reason);

/// <summary>One such change.</summary>
/// <param name="Changes">The columns that differ, all others staying as they are.</param>
/// <param name="Label">What the model then says.</param>
/// <param name="Score">The number, or the probability of that class.</param>
/// <param name="Distance">Of the changes: numbers in median absolute deviations of the background, and one for another level.</param>
/// <param name="DistanceToData">How far the changed row is from the nearest background row: a large one is a row as there is none.</param>
public sealed record CounterfactualView(IReadOnlyList<ColumnChangeView> Changes, string Label, double Score, double Distance, double DistanceToData);

/// <summary>One column's change; null where a value is missing.</summary>
/// <param name="Column">The column.</param>
/// <param name="From">Its value.</param>
/// <param name="To">The value that it would need.</param>
public sealed record ColumnChangeView(string Column, string? From, string? To);

/// <summary>One small tree that answers as the model does as far as it can, as rules.</summary>
/// <param name="Measure"><c>agreement</c>, the share of held rows with the same answer, or <c>r2</c> of numbers.</param>
/// <param name="Fidelity">On held rows.</param>
/// <param name="Baseline">The same for always giving the most frequent answer, or the mean.</param>
/// <param name="TrainingRows">Rows that the tree was grown on.</param>
/// <param name="HeldRows">Rows that it was measured on.</param>
/// <param name="Rules">That of most rows first.</param>
public sealed record SurrogateView(string Measure, double Fidelity, double Baseline, int TrainingRows, int HeldRows, IReadOnlyList<SurrogateRuleView> Rules);

/// <summary>One rule.</summary>
/// <param name="Conditions">All of them hold.</param>
/// <param name="Answer">The most frequent class, or the mean.</param>
/// <param name="Purity">The share of rows with that class; of numbers their standard deviation.</param>
/// <param name="RowCount">Rows of the rule.</param>
public sealed record SurrogateRuleView(IReadOnlyList<string> Conditions, string Answer, double Purity, int RowCount);
