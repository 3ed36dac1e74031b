using System.Text.Json;

namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>Which hyperparameters to search; the best are trained and tested like any.</summary>
/// <param name="DatasetId">The dataset to learn from, as for a training.</param>
/// <param name="TargetColumn">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="Algorithm">As for a training; null for gradient boosting.</param>
/// <param name="Method">How points are chosen; null for Optuna's, which is TPE.</param>
/// <param name="ParamGrid">Lists of values by name. What is named is searched, and nothing else.</param>
/// <param name="ParamDistributions">By name a list of values, or an object of <c>low</c>, <c>high</c>, and <c>log</c> or <c>step</c>. What is named is searched, and nothing else.</param>
/// <param name="Hyperparameters">Values that are held.</param>
/// <param name="NTrials">How many points are tried; null for 50, and for the whole grid.</param>
/// <param name="CvFolds">In how many parts the training rows are split for every trial; null for 5.</param>
/// <param name="Scoring">The metric that is tuned for; null for log loss or RMSE.</param>
/// <param name="TimeLimit">Seconds for the search and the last fit together; null for no limit.</param>
/// <param name="TestSize">The part to test on, where no split is recorded; null for 0.2.</param>
/// <param name="ScalingMethod">As for a training.</param>
/// <param name="RandomState">Where chance starts; null for 0.</param>
/// <param name="Group">The column whose equal values stay together; null for none.</param>
/// <param name="Time">The column that orders rows; null for none.</param>
/// <param name="Name">The run's name; null for one made from algorithm and target.</param>
/// <param name="AsIs">Whether a derived dataset is learned from as it stands, with a leak warning; null for false.</param>
public sealed record TuneModelRequest(
    string DatasetId,
    string? TargetColumn = null,
    string? Algorithm = null,
    TuneMethod? Method = null,
    IReadOnlyDictionary<string, IReadOnlyList<JsonElement>>? ParamGrid = null,
    IReadOnlyDictionary<string, JsonElement>? ParamDistributions = null,
    IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null,
    int? NTrials = null,
    int? CvFolds = null,
    string? Scoring = null,
    double? TimeLimit = null,
    double? TestSize = null,
    ScalingMethod? ScalingMethod = null,
    ulong? RandomState = null,
    string? Group = null,
    string? Time = null,
    string? Name = null,
    bool? AsIs = null);

/// <summary>How points of a search are chosen.</summary>
public enum TuneMethod
{
    GridSearch,
    RandomSearch,
    Optuna,
}
