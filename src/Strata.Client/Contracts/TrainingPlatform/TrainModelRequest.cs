using System.Text.Json;

namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>What to train; everything but the dataset has a default.</summary>
/// <param name="DatasetId">The dataset to learn from. A derived one goes back to the rows that were read, with its steps fitted again on training rows only; the train part of a split is tested on its test part.</param>
/// <param name="TargetColumn">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="Algorithm">A name of the catalog or one that is usual elsewhere, such as <c>knn</c> or <c>neural_network</c>; null for gradient boosting.</param>
/// <param name="Hyperparameters">By the catalog's names or scikit-learn's, such as <c>n_estimators</c>.</param>
/// <param name="TestSize">The part to test on, where no split is recorded; null for 0.2.</param>
/// <param name="ValidationSize">The part that algorithms which stop early stop by, where no split is recorded; null for the algorithm's own.</param>
/// <param name="ScalingMethod">How numbers are scaled, by training rows only; null for what suits the algorithm.</param>
/// <param name="FeatureSelection">A method, or an object of <c>method</c> and <c>n_features</c>: columns are chosen by training rows only; null for all columns.</param>
/// <param name="EarlyStopping">Whether the fit stops when rows held back are no longer predicted better; null for the algorithm's own way.</param>
/// <param name="EarlyStoppingPatience">How many rounds or epochs without improvement are waited for; null for 10.</param>
/// <param name="RandomState">Where chance starts; null for 0.</param>
/// <param name="Group">The column whose equal values stay together; null for none.</param>
/// <param name="Time">The column that orders rows; null for none.</param>
/// <param name="CrossValidationFolds">In how many parts the training rows are cross-validated besides; null for none.</param>
/// <param name="Name">The run's name; null for one made from algorithm and target.</param>
/// <param name="AsIs">Whether a derived dataset is learned from as it stands, with a leak warning; null for false.</param>
public sealed record TrainModelRequest(
    string DatasetId,
    string? TargetColumn = null,
    string? Algorithm = null,
    IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null,
    double? TestSize = null,
    double? ValidationSize = null,
    ScalingMethod? ScalingMethod = null,
    JsonElement? FeatureSelection = null,
    bool? EarlyStopping = null,
    int? EarlyStoppingPatience = null,
    ulong? RandomState = null,
    string? Group = null,
    string? Time = null,
    int? CrossValidationFolds = null,
    string? Name = null,
    bool? AsIs = null);

/// <summary>How numbers are scaled.</summary>
public enum ScalingMethod
{
    Standard,
    Minmax,
    Robust,
    None,
}
