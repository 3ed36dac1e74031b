using System.Text.Json;

namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>A training as training platforms show it.</summary>
/// <param name="JobId">The job that trains.</param>
/// <param name="RunId">The run, under <c>/api/runs</c>.</param>
/// <param name="Name">The run's name.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Progress">In per cent.</param>
/// <param name="CurrentStep">What it does just now.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="DatasetId">What it learns from.</param>
/// <param name="TargetColumn">The column to predict.</param>
/// <param name="Algorithm">The algorithm that is really used, by its name in the catalog.</param>
/// <param name="Hyperparameters">Values in place of its defaults; those that were found, for a search that is completed.</param>
/// <param name="ModelId">The model, when completed.</param>
/// <param name="Evaluation">How good it is on the test rows, when completed.</param>
/// <param name="TrainingHistory">Metrics by round or epoch, as far as it is; of an algorithm that goes by no rounds none.</param>
/// <param name="TrainingSummary">Rows and times, when completed.</param>
/// <param name="Tuning">What the search came to, when a search is completed; null for a training without.</param>
/// <param name="Warnings">Leaks that were found, and what else should not be passed over.</param>
/// <param name="Notes">What was mapped, left out or decided, one sentence each; when completed.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it started, or null.</param>
/// <param name="CompletedAt">When it ended, or null.</param>
public sealed record TrainingJobView(
    string JobId,
    string RunId,
    string Name,
    JobStatus Status,
    double Progress,
    string CurrentStep,
    string? Error,
    string DatasetId,
    string? TargetColumn,
    string Algorithm,
    IReadOnlyDictionary<string, JsonElement> Hyperparameters,
    string? ModelId,
    TrainedEvaluationView? Evaluation,
    IReadOnlyDictionary<string, IReadOnlyList<double?>> TrainingHistory,
    TrainingSummaryView? TrainingSummary,
    TuningSummaryView? Tuning,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Notes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt);

/// <summary>How good a model is on the test rows.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Metrics">By name; null where one is undefined.</param>
/// <param name="Classes">In the order of the confusion matrix; empty for numbers.</param>
/// <param name="ConfusionMatrix">[true class][called class]; empty for numbers.</param>
/// <param name="FeatureImportance">How much the main metric falls when a column is shuffled.</param>
/// <param name="CrossValidation">Metrics over folds of the training rows; null where none were asked for.</param>
public sealed record TrainedEvaluationView(
    LearningTask Task,
    IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyList<string> Classes,
    IReadOnlyList<IReadOnlyList<double>> ConfusionMatrix,
    IReadOnlyDictionary<string, double> FeatureImportance,
    IReadOnlyDictionary<string, MetricSummaryView>? CrossValidation);

/// <summary>Rows and times of a training.</summary>
/// <param name="TrainingRows">How many rows were learned from.</param>
/// <param name="TestRows">How many were tested on.</param>
/// <param name="TrainingTimeSeconds">Of the fit alone.</param>
/// <param name="EpochsTrained">Rounds or epochs, where the algorithm goes by such.</param>
/// <param name="Split">How rows were split, in words.</param>
public sealed record TrainingSummaryView(int TrainingRows, int TestRows, double TrainingTimeSeconds, int? EpochsTrained, string Split);

/// <summary>What a search came to.</summary>
/// <param name="BestParams">The best values.</param>
/// <param name="BestScore">Their mean over the folds.</param>
/// <param name="Metric">What was tuned for.</param>
/// <param name="Trials">All trials, by number.</param>
/// <param name="ParameterImportance">How much of the metric's variation each parameter explains by itself.</param>
public sealed record TuningSummaryView(
    IReadOnlyDictionary<string, JsonElement> BestParams,
    double BestScore,
    string Metric,
    IReadOnlyList<TrialView> Trials,
    IReadOnlyDictionary<string, double> ParameterImportance);
