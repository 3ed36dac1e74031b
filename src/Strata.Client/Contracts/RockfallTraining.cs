using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What the rockfall trainer shall train; everything but dataset and target has a default.</summary>
/// <param name="DatasetId">The dataset to learn from.</param>
/// <param name="Target">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="ModelType"><c>lstm</c>, <c>bilstm</c>, <c>gru</c>, <c>rnn</c>, <c>tcn</c>, <c>transformer</c>, <c>cnn</c>, <c>fusion</c>, <c>tabular</c>, or any algorithm of the catalog; null for lstm where the dataset has series, else tabular.</param>
/// <param name="Task">Whether the target is a class or a number; null to tell it from its values.</param>
/// <param name="Epochs">How often all rows are gone through at the most.</param>
/// <param name="BatchSize">Rows of each step.</param>
/// <param name="LearningRate">How far a step goes at the most.</param>
/// <param name="SequenceColumns">What is read as series: columns of series, or patterns of numbered columns such as <c>rain_t-*</c>, one a channel; null for all columns of series.</param>
/// <param name="ExcludeColumns">Columns not to learn from.</param>
/// <param name="Group">The column whose equal values are never split apart, such as the slope or the station.</param>
/// <param name="Time">The column that orders rows: train on earlier ones, test on later ones.</param>
/// <param name="TestSize">The part of the rows that is kept for the test; null for 0.2.</param>
/// <param name="ValidationSplit">The part of the training rows that early stopping looks at.</param>
/// <param name="EarlyStopping">Whether training stops when that part has not improved for a while; null for yes.</param>
/// <param name="EarlyStoppingPatience">For how many epochs.</param>
/// <param name="Seed">The seed of split and learner; null for 0.</param>
/// <param name="Hyperparameters">Further settings of the algorithm by its own names.</param>
/// <param name="Calibration">How probabilities are brought in line with how often they come true; null to leave them.</param>
/// <param name="ConfidenceLevel">The share of rows whose truth intervals or sets are to cover, such as 0.9; null for none.</param>
/// <param name="Name">The run's name; null for one made from algorithm and target.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
public sealed record RockfallTrainingRequest(
    string DatasetId,
    string? Target = null,
    string? ModelType = null,
    TargetKind? Task = null,
    int? Epochs = null,
    int? BatchSize = null,
    double? LearningRate = null,
    IReadOnlyList<string>? SequenceColumns = null,
    IReadOnlyList<string>? ExcludeColumns = null,
    string? Group = null,
    string? Time = null,
    double? TestSize = null,
    double? ValidationSplit = null,
    bool? EarlyStopping = null,
    int? EarlyStoppingPatience = null,
    ulong? Seed = null,
    IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null,
    CalibrationMethod? Calibration = null,
    double? ConfidenceLevel = null,
    string? Name = null,
    JobPriority? Priority = null);

/// <summary>A training of the rockfall trainer.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="UserId">Who asked for it; <c>local</c> while there are no accounts.</param>
/// <param name="Config">What was asked for.</param>
/// <param name="Status">How far its life is.</param>
/// <param name="Progress">Per cent done, 0 to 100.</param>
/// <param name="CurrentEpoch">How many epochs are done.</param>
/// <param name="TotalEpochs">How many there will be at the most; of an algorithm without epochs as many iterations as are done.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Metrics">For each epoch its number (<c>epoch</c>, from 1) and what was measured.</param>
/// <param name="Logs">The last lines of the log.</param>
/// <param name="PerformanceSummary">Metrics of the test rows; null until it is completed.</param>
/// <param name="ModelPaths">Addresses of what it left, by name; empty until it is completed.</param>
public sealed record RockfallJobView(
    string JobId,
    string UserId,
    RockfallTrainingRequest Config,
    JobStatus Status,
    double Progress,
    int CurrentEpoch,
    int TotalEpochs,
    DateTimeOffset CreatedAt,
    IReadOnlyList<IReadOnlyDictionary<string, double?>> Metrics,
    IReadOnlyList<string> Logs,
    IReadOnlyDictionary<string, double?>? PerformanceSummary,
    IReadOnlyDictionary<string, string> ModelPaths);

/// <summary>Some trainings, the newest first.</summary>
/// <param name="Jobs">The trainings, with the last few lines of their logs.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record RockfallJobsView(IReadOnlyList<RockfallJobView> Jobs, int Total);
