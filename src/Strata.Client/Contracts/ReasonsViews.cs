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

/// <summary>How far two columns act together in a model.</summary>
/// <param name="First">The one column.</param>
/// <param name="Second">The other.</param>
/// <param name="Output">The target's name, or the class.</param>
/// <param name="H">Friedman's H: from 0, where the two only add up, to 1; says little where both do little.</param>
/// <param name="Strength">How far what they do together goes beyond the sum, in units of the prediction.</param>
public sealed record FriedmanHView(string First, string Second, string Output, double H, double Strength);

/// <summary>What each input did to one raw score of a network for one row, by gradients.</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Output">The target's name, or the class.</param>
/// <param name="Score">The raw score.</param>
/// <param name="BaselineScore">The same where numbers and arrays are as the training means.</param>
/// <param name="Columns">By column; categories have no gradient and count nothing.</param>
/// <param name="Maps">By series and image how much each place counts.</param>
/// <param name="CompletenessError">How far the columns' sum is from the difference of the two scores.</param>
public sealed record AttributionView(int Row, string Output, double Score, double BaselineScore, IReadOnlyList<ColumnAttributionView> Columns, IReadOnlyList<AttributionMapView> Maps, double CompletenessError);

/// <summary>What one column did, in units of the raw score.</summary>
public sealed record ColumnAttributionView(string Column, double Value);

/// <summary>How much each place of an array counts.</summary>
/// <param name="Column">The column of arrays.</param>
/// <param name="Height">Lines of pixels; 1 for series.</param>
/// <param name="Width">Steps, or columns of pixels.</param>
/// <param name="Channels">The channels that are told apart.</param>
/// <param name="Values">Row-major [height, width, channels].</param>
/// <param name="Total">Row-major [height, width]: the sum over the channels.</param>
public sealed record AttributionMapView(string Column, int Height, int Width, IReadOnlyList<string> Channels, IReadOnlyList<double> Values, IReadOnlyList<double> Total);

/// <summary>How much what a model says of a row falls where places of an array are hidden.</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Output">The target's name, or the class.</param>
/// <param name="Prediction">What it says of the row as it is.</param>
/// <param name="Map">Positive where hiding lowers it.</param>
public sealed record OcclusionView(int Row, string Output, double Prediction, AttributionMapView Map);
