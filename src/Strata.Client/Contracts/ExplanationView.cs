namespace Strata.Client.Contracts;

/// <summary>Why a model answers as it does.</summary>
/// <param name="Columns">The model's columns, in the order of the contributions; empty when importance was asked for.</param>
/// <param name="Outputs">What the scores are of: the class that a score speaks of (one for two classes), each class of more, or the target.</param>
/// <param name="Items">One a row; empty when importance was asked for.</param>
/// <param name="Importance">By column, largest first; null unless asked for.</param>
/// <param name="Notes">What was repaired or assumed on the way.</param>
public sealed record ExplanationView(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<RowExplanation> Items,
    IReadOnlyList<ColumnImportanceView>? Importance,
    IReadOnlyList<string> Notes);

/// <summary>How far each column moved the raw scores of one row.</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Scores">One an output: bias plus contributions is the raw score.</param>
public sealed record RowExplanation(int Row, IReadOnlyList<ScoreExplanation> Scores);

/// <summary>One raw score, taken apart.</summary>
/// <param name="Bias">The score before any column is known.</param>
/// <param name="Contributions">One a column: its SHAP value, in units of the raw score.</param>
/// <param name="Interactions">[column][column], half of a pair's effect on either side of the diagonal, so that a line sums to its column's contribution; null unless asked for.</param>
/// <param name="StandardErrors">One a column: by how much chance may have put its contribution off; null for methods that leave nothing to chance.</param>
public sealed record ScoreExplanation(double Bias, IReadOnlyList<double> Contributions, IReadOnlyList<IReadOnlyList<double>>? Interactions, IReadOnlyList<double>? StandardErrors = null);
