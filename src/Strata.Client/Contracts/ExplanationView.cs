namespace Strata.Client.Contracts;

/// <summary>Why a model answers as it does.</summary>
/// <param name="Columns">The model's columns, in the order of the contributions; empty when importance was asked for.</param>
/// <param name="Outputs">What the scores are of: the class that a score speaks of (one for two classes), each class of more, or the target.</param>
/// <param name="Items">One a row; empty when importance was asked for.</param>
/// <param name="Importance">By column, largest first; null unless asked for.</param>
/// <param name="Notes">What was repaired or assumed on the way.</param>
/// <param name="Basis">How the contributions were worked out; null when there are none.</param>
/// <param name="Plots">Pictures as SVG by name: of one row <c>waterfall</c> and <c>force</c>, of several <c>beeswarm</c> and <c>dependence_1</c> to 3, of series <c>heat_map</c> by row; null unless asked for.</param>
public sealed record ExplanationView(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<RowExplanation> Items,
    IReadOnlyList<ColumnImportanceView>? Importance,
    IReadOnlyList<string> Notes,
    ExplanationBasis? Basis = null,
    IReadOnlyDictionary<string, string>? Plots = null);

/// <summary>How contributions were worked out.</summary>
/// <param name="Method">Path and interventional are exact; kernel and permutation sample, unless all coalitions were asked.</param>
/// <param name="Explained">What the bias and the contributions sum to.</param>
/// <param name="AdditivityError">The largest distance, over rows and outputs, of bias plus contributions from what the model says.</param>
public sealed record ExplanationBasis(ExplanationMethod Method, ExplainedOutput Explained, double? AdditivityError);

/// <summary>How far each column moved the scores of one row.</summary>
/// <param name="Row">The 0-based number of the row among those given, or in the dataset.</param>
/// <param name="Scores">One an output: bias plus contributions is the raw score, or the prediction where that is explained.</param>
public sealed record RowExplanation(int Row, IReadOnlyList<ScoreExplanation> Scores);

/// <summary>One score, taken apart.</summary>
/// <param name="Bias">The score before any column is known.</param>
/// <param name="Contributions">One a column: its SHAP value, in units of what is explained.</param>
/// <param name="Interactions">[column][column], half of a pair's effect on either side of the diagonal, so that a line sums to its column's contribution; null unless asked for.</param>
/// <param name="StandardErrors">One a column: by how much chance may have put its contribution off; null for methods that leave nothing to chance.</param>
public sealed record ScoreExplanation(double Bias, IReadOnlyList<double> Contributions, IReadOnlyList<IReadOnlyList<double>>? Interactions, IReadOnlyList<double>? StandardErrors = null);
