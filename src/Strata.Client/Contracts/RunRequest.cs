using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What to train.</summary>
/// <param name="DatasetId">The dataset to learn from.</param>
/// <param name="Plan">What to learn, and how.</param>
/// <param name="Name">The run's name; null for one made from table and algorithm.</param>
/// <param name="Preset">A preset that fills in what the plan leaves open, and whose leaking columns are dropped; null for none.</param>
/// <param name="Tuning">How good hyperparameters are searched first; null to train with those of the plan.</param>
/// <param name="Folds">In how many parts the training rows are also cross-validated, for an estimate with its spread beside the test; null for none.</param>
/// <param name="TimeLimit">Seconds after which the job is given up, reading and testing counted; null for the server's own limit. A search that is to end with its best in time has <c>tuning.time_limit</c>.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
/// <param name="After">Ids of jobs that must complete before it starts; where one fails or is cancelled, so is this one. Null for none.</param>
/// <param name="StartFrom">For networks: the weights that the training begins from, as far as they fit by name and shape; null to begin by chance. What stays as it is, is a hyperparameter: <c>freeze</c>, <c>thaw_every</c>, <c>layer_rate_decay</c>.</param>
/// <param name="AsIs">Whether a derived dataset is learned from as it stands; else its steps are fitted again, on training rows only. Null for false.</param>
public sealed record RunRequest(
    string DatasetId,
    PlanRequest Plan,
    string? Name = null,
    string? Preset = null,
    TuningRequest? Tuning = null,
    int? Folds = null,
    double? TimeLimit = null,
    JobPriority? Priority = null,
    IReadOnlyList<string>? After = null,
    StartRequest? StartFrom = null,
    bool? AsIs = null);

/// <summary>Weights that a network begins from: a stored model's, or pretrained ones.</summary>
/// <param name="ModelId">A stored model whose network they are.</param>
/// <param name="Pretrained">The name of a pretrained model, shipped or made by <c>strata pretrain --name</c>.</param>
/// <param name="AgainstScratch">Whether the same network is also trained from scratch on the same rows, to tell what the weights are worth.</param>
public sealed record StartRequest(string? ModelId = null, string? Pretrained = null, bool AgainstScratch = false);

/// <summary>What to learn, and how; everything left out has a default.</summary>
/// <param name="Target">The column to predict; may be left out when a preset names it, or when outliers are looked for: then it only tells how well they are found.</param>
/// <param name="Task">Whether the target is a class or a number; null to tell it from its values.</param>
/// <param name="Algorithm">The algorithm's name; null for gradient boosting.</param>
/// <param name="Hyperparameters">Values by name; the others have their defaults.</param>
/// <param name="Drop">Columns not to learn from.</param>
/// <param name="Group">The column whose equal values are never split apart.</param>
/// <param name="Time">The column that orders rows: train on earlier ones, test on later ones.</param>
/// <param name="Weight">The column of row weights.</param>
/// <param name="PositiveClass">Of two classes the one that scores speak of; null for the last in ordinal order.</param>
/// <param name="TestSize">The part of the rows that is kept for the test, between 0 and 1; null for 0.2.</param>
/// <param name="Seed">The seed of split and learner; null for 0.</param>
/// <param name="Threads">How many threads to use; null for as many as the machine has.</param>
/// <param name="Calibration">How probabilities are brought in line with how often they come true; null to leave them.</param>
/// <param name="DecisionMetric">For two classes the metric by which the threshold is tuned; null to call the most probable class.</param>
/// <param name="Costs">What calling a row of one class by another costs, [true class][called class]; null for none.</param>
/// <param name="Intervals">The share of rows whose truth intervals or sets are to cover, such as 0.9; null for none.</param>
/// <param name="IntervalMethod">How intervals and sets are made; null for CV+ of numbers and split of classes.</param>
/// <param name="Preparation">The preparation steps, in order, fitted on training rows only; null for the usual ones of the algorithm.</param>
/// <param name="Metrics">Metrics to measure beside the usual ones, such as f_beta:2; null for none.</param>
/// <param name="Statements">What people say of the model, for the card in its report; null for nothing.</param>
public sealed record PlanRequest(
    string? Target = null,
    TargetKind? Task = null,
    string? Algorithm = null,
    IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null,
    IReadOnlyList<string>? Drop = null,
    string? Group = null,
    string? Time = null,
    string? Weight = null,
    string? PositiveClass = null,
    double? TestSize = null,
    ulong? Seed = null,
    int? Threads = null,
    IReadOnlyList<StepRequest>? Preparation = null,
    CalibrationMethod? Calibration = null,
    string? DecisionMetric = null,
    IReadOnlyList<IReadOnlyList<double>>? Costs = null,
    double? Intervals = null,
    IntervalMethod? IntervalMethod = null,
    IReadOnlyList<string>? Metrics = null,
    ModelStatements? Statements = null);

/// <summary>What only people can say of a model; it stands in the model card of its report.</summary>
/// <param name="Owner">Who answers for the model, and how to reach them.</param>
/// <param name="License">Under which terms model and data may be used.</param>
/// <param name="IntendedUse">What it is to be used for, and by whom.</param>
/// <param name="OutOfScope">What it must not be used for.</param>
/// <param name="Factors">The groups, instruments and circumstances by which it may do differently well.</param>
/// <param name="EthicalConsiderations">Sensitive data, harms, and what was done against them.</param>
/// <param name="Caveats">What a user should beware of, beside what was measured.</param>
public sealed record ModelStatements(
    string? Owner = null,
    string? License = null,
    string? IntendedUse = null,
    string? OutOfScope = null,
    string? Factors = null,
    string? EthicalConsiderations = null,
    string? Caveats = null);

/// <summary>How probabilities are calibrated.</summary>
public enum CalibrationMethod
{
    Platt,
    Isotonic,
    Temperature,
    Beta,
}

/// <summary>How intervals and sets are made.</summary>
public enum IntervalMethod
{
    CvPlus,
    Split,
    Cqr,
}

/// <summary>Whether a target is a class or a number.</summary>
public enum TargetKind
{
    Classification,
    Regression,
}
