namespace Strata.Client.Contracts;

/// <summary>A window of a run's test rows with what the model said about them.</summary>
/// <param name="Columns">The columns of the values.</param>
/// <param name="Items">The window.</param>
/// <param name="Total">How many test rows there are.</param>
public sealed record TestRows(IReadOnlyList<string> Columns, IReadOnlyList<TestRow> Items, int Total);

/// <summary>One test row.</summary>
/// <param name="Row">The 0-based row of the dataset.</param>
/// <param name="Values">A text a column, null where missing.</param>
/// <param name="Truth">What it was.</param>
/// <param name="Prediction">What the model said.</param>
/// <param name="Probabilities">One a class in class order; empty for regression.</param>
/// <param name="Loss">How wrong the model was: log loss, or squared error for regression.</param>
public sealed record TestRow(
    long Row, IReadOnlyList<string?> Values, PredictedValue Truth, PredictedValue Prediction, IReadOnlyList<double> Probabilities, double? Loss);
