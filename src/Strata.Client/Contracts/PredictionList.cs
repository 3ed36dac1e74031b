namespace Strata.Client.Contracts;

/// <summary>What a model says about some rows.</summary>
/// <param name="Items">In the order of the rows.</param>
/// <param name="Notes">What was repaired or assumed on the way.</param>
/// <param name="ReasonsBasis">How the reasons were worked out; null when they were not asked for.</param>
/// <param name="Kept">Columns of the rows that stand beside the answers.</param>
public sealed record PredictionList(IReadOnlyList<Prediction> Items, IReadOnlyList<string> Notes, ExplanationBasis? ReasonsBasis = null, IReadOnlyList<KeptColumn>? Kept = null);

/// <summary>A column of the predicted rows by which these are known.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Values">As text, in the order of the rows; null where one is missing.</param>
public sealed record KeptColumn(string Column, IReadOnlyList<string?> Values);

/// <summary>What a model says about one row.</summary>
/// <param name="Row">The 0-based number of the row.</param>
/// <param name="Value">The most probable class, the number, <c>outlier</c> or <c>inlier</c>, or the number of the cluster or <c>noise</c>.</param>
/// <param name="Probabilities">Probability by class; empty for regression; for outliers the score, under <c>outlier</c>; for clusters the <c>distance</c> from it or the <c>probability</c> of it.</param>
/// <param name="RawScores">The scores before they became probabilities: log-odds of the second class for two classes, one a class for more, the number itself for regression, the base-2 logarithm of an outlier's score.</param>
/// <param name="Reasons">How far each column moved the raw score, or the prediction where <c>reasons_basis</c> says so, largest first; null when not asked for.</param>
/// <param name="ReasonsFor">The class whose raw score or probability the reasons move; null for regression or when not asked for.</param>
/// <param name="Bias">What it is before any column is known: bias plus all contributions is what is explained; null when not asked for.</param>
/// <param name="Pairs">How far columns moved that raw score alone and together, largest first: bias plus all of them is the raw score too; null when not asked for.</param>
/// <param name="Interval">Of a number, where the model was trained with intervals; else null.</param>
/// <param name="Set">Of classes, those that the truth is among with the stated certainty, where the model was trained with sets; else null.</param>
/// <param name="StandardDeviation">How far a measurement lies from the number, where the model knows (a Gaussian process does); else null.</param>
/// <param name="Uncertainty">How unsure the model is and of what, where it knows; else null.</param>
public sealed record Prediction(
    int Row,
    [property: System.Text.Json.Serialization.JsonPropertyName("prediction")] PredictedValue Value,
    IReadOnlyDictionary<string, double> Probabilities,
    IReadOnlyList<double> RawScores,
    IReadOnlyList<Reason>? Reasons,
    string? ReasonsFor,
    double? Bias,
    IReadOnlyList<PairReason>? Pairs = null,
    PredictedInterval? Interval = null,
    IReadOnlyList<string>? Set = null,
    double? StandardDeviation = null,
    UncertaintyView? Uncertainty = null);

/// <summary>How unsure a prediction is, parted by cause: for classes nats of entropy, for numbers variances in the target's unit squared. The parts sum to the whole.</summary>
/// <param name="Epistemic">What more rows would teach: by how much several models disagree.</param>
/// <param name="Aleatoric">Noise that no more rows would take away; null for numbers where the model does not say.</param>
public sealed record UncertaintyView(double Epistemic, double? Aleatoric);

/// <summary>Where a number lies with the certainty that the model states; an end is null where it is not bounded.</summary>
public sealed record PredictedInterval(double? Lower, double? Upper);

/// <summary>How far one column moved a prediction.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value in this row, null where missing.</param>
/// <param name="Contribution">In units of what is explained.</param>
/// <param name="StandardError">By how much chance may have put the contribution off; null for methods that leave nothing to chance.</param>
public sealed record Reason(string Column, string? Value, double Contribution, double? StandardError = null);

/// <summary>How far two columns moved a prediction together, beyond what each does alone.</summary>
/// <param name="Column">One column.</param>
/// <param name="With">The other; null for what the one does alone.</param>
/// <param name="Contribution">In units of the raw score.</param>
public sealed record PairReason(string Column, string? With, double Contribution);
