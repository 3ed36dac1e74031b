using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>The record of one training: one that Strata carries out has a plan and a job, one that another program reports has neither.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="DatasetId">What it learned from; empty where another program read it.</param>
/// <param name="DatasetName">The name of that dataset; empty where it was not said.</param>
/// <param name="Preset">The preset that was used, or null.</param>
/// <param name="Plan">The whole plan, defaults filled in; null of a reported run.</param>
/// <param name="Job">The job that trains; null of a reported run.</param>
/// <param name="Metrics">Metrics of the test rows, when finished, and of a reported run the last value of each; null where one is undefined.</param>
/// <param name="ModelId">The model, when finished.</param>
/// <param name="Notes">What a reader of the result should know.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="ExperimentId">The experiment that it belongs to.</param>
/// <param name="Parameters">Hyperparameters and other settings by name, as text.</param>
/// <param name="Tags">What is noted of it.</param>
/// <param name="Reported">What another program says of a run that it carries out; null where Strata trains.</param>
/// <param name="StartedFrom">The weights that its network begins from; null where it begins by chance.</param>
public sealed record RunView(
    string Id,
    string Name,
    string DatasetId,
    string DatasetName,
    string? Preset,
    PlanView? Plan,
    JobView? Job,
    IReadOnlyDictionary<string, double?> Metrics,
    string? ModelId,
    IReadOnlyList<string> Notes,
    DateTimeOffset CreatedAt,
    string Project = "default",
    string ExperimentId = "0",
    IReadOnlyDictionary<string, string>? Parameters = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    ReportedRunView? Reported = null,
    StartView? StartedFrom = null);

/// <summary>What another program says of a run that it carries out.</summary>
/// <param name="Status">How far it is.</param>
/// <param name="By">Who reports it; empty where nobody said.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Datasets">What it learned from, as far as it was said.</param>
public sealed record ReportedRunView(RunStatus Status, string By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<ReportedDatasetView> Datasets);

/// <summary>A dataset that another program names.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Digest">A short hash of what it holds.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Context">What it was for, such as <c>training</c>; null where that was not said.</param>
public sealed record ReportedDatasetView(string Name, string Digest, string Source, string? Context);

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    Scheduled,
    Running,
    Finished,
    Failed,
    Killed,
}

/// <summary>The weights that a training begins from.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="ModelId">The stored model that they are of; null for pretrained weights that are no model.</param>
/// <param name="AgainstScratch">Whether the same network is also trained from scratch.</param>
public sealed record StartView(string Name, string? ModelId, bool AgainstScratch);

/// <summary>What a run learns, and how.</summary>
/// <param name="Target">The predicted column; null where nothing is predicted.</param>
/// <param name="Task">Whether the target is a class or a number; null to tell it from its values.</param>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Hyperparameters">Values by name, where they differ from the defaults.</param>
/// <param name="Drop">Columns not learned from.</param>
/// <param name="Group">The column whose equal values are never split apart, or null.</param>
/// <param name="Time">The column that orders rows, or null.</param>
/// <param name="Weight">The column of row weights, or null.</param>
/// <param name="PositiveClass">Of two classes the one that scores speak of; null for the last in ordinal order.</param>
/// <param name="TestSize">The part of the rows kept for the test.</param>
/// <param name="Seed">The seed of split and learner.</param>
/// <param name="Threads">How many threads are used; null for as many as the machine has.</param>
/// <param name="Calibration">How probabilities are calibrated; null where they are not.</param>
/// <param name="DecisionMetric">The metric by which the threshold is tuned, or null.</param>
/// <param name="Costs">What calling a row of one class by another costs, or null.</param>
/// <param name="Intervals">The share of rows whose truth intervals or sets are to cover, or null.</param>
/// <param name="IntervalMethod">How intervals and sets are made; null for CV+ of numbers and split of classes.</param>
/// <param name="Preparation">The preparation steps in order; null for the usual ones of the algorithm.</param>
/// <param name="Metrics">Metrics that are measured beside the usual ones.</param>
/// <param name="Statements">What people say of the model; null for nothing.</param>
public sealed record PlanView(
    string? Target,
    TargetKind? Task,
    string Algorithm,
    IReadOnlyDictionary<string, JsonElement> Hyperparameters,
    IReadOnlyList<string> Drop,
    string? Group,
    string? Time,
    string? Weight,
    string? PositiveClass,
    double TestSize,
    ulong Seed,
    int? Threads,
    IReadOnlyList<StepRequest>? Preparation,
    CalibrationMethod? Calibration = null,
    string? DecisionMetric = null,
    IReadOnlyList<IReadOnlyList<double>>? Costs = null,
    double? Intervals = null,
    IntervalMethod? IntervalMethod = null,
    IReadOnlyList<string>? Metrics = null,
    ModelStatements? Statements = null);
