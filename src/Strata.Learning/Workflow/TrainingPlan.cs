using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;

namespace Strata.Learning.Workflow;

/// <summary>Whether the target is a class or a number.</summary>
public enum TargetKind
{
    /// <summary>One of several classes.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,
}

/// <summary>Everything that a person decides about one training: what to predict, from what, how to split, with which algorithm.</summary>
public sealed record TrainingPlan
{
    /// <summary>The column to predict. An algorithm that learns without one only leaves it out, and is judged by it where it tells outliers; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>Class or number; null lets the target's values decide.</summary>
    public TargetKind? Task { get; init; }

    /// <summary>Name in the catalog.</summary>
    public string Algorithm { get; init; } = "gradient_boosting";

    /// <summary>Values in place of the algorithm's defaults.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Hyperparameters { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>
    /// The preparation steps, in order, each fitted on training rows only; text, gaps and categories that they leave and the algorithm cannot take are then
    /// treated as usual. Null takes the usual steps for the algorithm.
    /// </summary>
    public IReadOnlyList<StepPlan>? Preparation { get; init; }

    /// <summary>
    /// The recorded steps by which a dataset was made from the table that is learned from, in order. They come before the preparation, and each is fitted on
    /// training rows only, so that nothing the dataset's maker saw of test rows gets into the model.
    /// </summary>
    public IReadOnlyList<StepPlan> DatasetSteps { get; init; } = [];

    /// <summary>Columns that the model must not see.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>The column whose equal values stay together when rows are split (star, patient, site); it is not a feature.</summary>
    public string? Group { get; init; }

    /// <summary>The column that orders rows in time: training rows come before test rows; it is not a feature.</summary>
    public string? Time { get; init; }

    /// <summary>The column with a non-negative weight a row; it is not a feature.</summary>
    public string? Weight { get; init; }

    /// <summary>The class whose probability two-class scores speak of; null takes the last in ordinal order.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>
    /// The part of the rows held back for testing, between 0 and 1, when no test table is given. With 0 a training learns from all rows and is judged by folds of them: for tables of few rows.
    /// </summary>
    public double TestSize { get; init; } = 0.2;

    public ulong Seed { get; init; }

    /// <summary>How probabilities are calibrated on out-of-fold predictions; null to leave them.</summary>
    public CalibrationMethod? Calibration { get; init; }

    /// <summary>The metric by which the threshold of two classes is tuned on out-of-fold predictions; null to call the most probable class.</summary>
    public string? DecisionMetric { get; init; }

    /// <summary>What calling a row of one class by another costs, [true class][called class] in the classes' order; null for none.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Costs { get; init; }

    /// <summary>The share of rows whose truth intervals (of numbers) or sets (of classes) are to cover, such as 0.9; null for none.</summary>
    public double? Intervals { get; init; }

    /// <summary>How intervals and sets are made; null for CV+ of numbers and split of classes.</summary>
    public RegionMethod? IntervalMethod { get; init; }

    /// <summary>Metrics that are measured beside the usual ones, such as <c>f_beta:2</c>.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>What people say of the model, for its card; it changes nothing of the training. Null for nothing.</summary>
    public ModelStatements? Statements { get; init; }

    /// <summary>How many threads to use; null takes all.</summary>
    public int? Threads { get; init; }
}
