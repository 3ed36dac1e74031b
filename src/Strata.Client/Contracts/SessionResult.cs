using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What a session found.</summary>
/// <param name="ValidationMetrics">How good the model is on rows it did not learn from; null when no row carried a label.</param>
/// <param name="TestPredictions">What the model says about each test row.</param>
/// <param name="ModelInformation">What the model is, by name; with the gain over training from scratch when it was fine-tuned.</param>
public sealed record SessionResult(
    SessionMetrics? ValidationMetrics, IReadOnlyList<SessionPrediction> TestPredictions, IReadOnlyDictionary<string, JsonElement> ModelInformation);

/// <summary>How good a session's model is.</summary>
/// <param name="Accuracy">The part of right answers.</param>
/// <param name="F1">Mean over the classes.</param>
/// <param name="Precision">Mean over the classes.</param>
/// <param name="Recall">Mean over the classes.</param>
/// <param name="LogLoss">Mean of minus the logarithm of the true class's probability.</param>
/// <param name="RocAuc">For several classes the mean of each against the rest.</param>
/// <param name="ConfusionMatrix">Counts, a row a true class and a column a predicted one.</param>
/// <param name="Classes">The classes in the matrix's order.</param>
public sealed record SessionMetrics(
    double? Accuracy,
    double? F1,
    double? Precision,
    double? Recall,
    double? LogLoss,
    double? RocAuc,
    IReadOnlyList<IReadOnlyList<long>> ConfusionMatrix,
    IReadOnlyList<string> Classes);

/// <summary>What a session's model says about one row.</summary>
/// <param name="Row">Its 0-based number in the table it comes from.</param>
/// <param name="Prediction">The most probable class.</param>
/// <param name="Confidence">Its probability.</param>
/// <param name="Probabilities">Probability by class.</param>
/// <param name="FeatureImportance">How far each column moved the predicted class's raw score, largest first; empty where the kind of model, or the number of rows, does not allow it.</param>
public sealed record SessionPrediction(
    int Row, string Prediction, double Confidence, IReadOnlyDictionary<string, double> Probabilities, IReadOnlyDictionary<string, double> FeatureImportance);
