using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Strata.Learning;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>What a session found, in the shape that its result has on the wire.</summary>
public sealed record SessionOutcome
{
    /// <summary>On rows that the model did not learn from; null when none of them carried a label.</summary>
    public SessionMetrics? ValidationMetrics { get; init; }

    public required IReadOnlyList<SessionPrediction> TestPredictions { get; init; }

    /// <summary>What the model is, by name.</summary>
    public required JsonObject ModelInformation { get; init; }

    /// <summary>The model itself, for whoever wants to keep it.</summary>
    [JsonIgnore]
    public IModel? Model { get; init; }
}

/// <summary>How good a session's model is.</summary>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="F1">Mean over the classes.</param>
/// <param name="Precision">Mean over the classes.</param>
/// <param name="Recall">Mean over the classes.</param>
/// <param name="LogLoss">Mean of minus the logarithm of the true class's probability.</param>
/// <param name="RocAuc">For several classes the mean of each against the rest.</param>
/// <param name="ConfusionMatrix">Counts, a row a true class and a column a predicted one.</param>
/// <param name="Classes">The classes in the matrix's order.</param>
public sealed record SessionMetrics(
    double? Accuracy, double? F1, double? Precision, double? Recall, double? LogLoss, double? RocAuc, IReadOnlyList<IReadOnlyList<long>> ConfusionMatrix, IReadOnlyList<string> Classes)
{
    public static SessionMetrics Of(Learning.Metrics.Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        double? Metric(string name) => evaluation.Metrics.TryGetValue(name, out double value) ? value : null;
        return new SessionMetrics(
            Metric("accuracy"),
            Metric("f1_macro"),
            Metric("precision_macro"),
            Metric("recall_macro"),
            Metric("log_loss"),
            Metric("roc_auc"),
            [.. evaluation.Confusion.Select(row => row.Select(count => (long)count).ToArray())],
            evaluation.Classes);
    }
}

/// <summary>What a session's model says about one row.</summary>
/// <param name="Row">Its 0-based number in the table it comes from.</param>
/// <param name="Prediction">The most probable class.</param>
/// <param name="Confidence">Its probability.</param>
/// <param name="Probabilities">Probability by class.</param>
/// <param name="FeatureImportance">How far each column moved the predicted class's raw score, largest first; empty where the kind of model, or the number of rows, does not allow it.</param>
public sealed record SessionPrediction(
    int Row, string Prediction, double Confidence, IReadOnlyDictionary<string, double> Probabilities, IReadOnlyDictionary<string, double> FeatureImportance);
