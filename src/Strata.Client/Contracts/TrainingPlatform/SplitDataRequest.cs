using System.Text.Json;

namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>How a dataset is split. Each part is a dataset of its own; a training on the first tests on exactly the last.</summary>
/// <param name="DatasetId">The dataset to split, which stays as it is.</param>
/// <param name="TestSize">The part to test on; null for 0.2.</param>
/// <param name="ValidationSize">The part that algorithms stop early by; null for none.</param>
/// <param name="Stratify">Whether each part has the target's classes in the same shares, or the column whose shares are kept; null for true.</param>
/// <param name="Group">The column whose equal values stay together; null for none.</param>
/// <param name="Time">The column that orders rows, so that later ones are tested on; null for none.</param>
/// <param name="RandomState">Where chance starts; null for 0.</param>
/// <param name="TargetColumn">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="Name">What the parts' names begin with; null for the dataset's name.</param>
public sealed record SplitDataRequest(
    string DatasetId,
    double? TestSize = null,
    double? ValidationSize = null,
    JsonElement? Stratify = null,
    string? Group = null,
    string? Time = null,
    ulong? RandomState = null,
    string? TargetColumn = null,
    string? Name = null);

/// <summary>The parts of a split.</summary>
/// <param name="OriginalDatasetId">The dataset that was split.</param>
/// <param name="TrainDatasetId">The rows to learn from: train on this one.</param>
/// <param name="ValidationDatasetId">The rows that algorithms stop early by; null for none.</param>
/// <param name="TestDatasetId">The rows to test on.</param>
/// <param name="TrainRows">How many to learn from.</param>
/// <param name="ValidationRows">How many to stop by.</param>
/// <param name="TestRows">How many to test on.</param>
/// <param name="Description">How the rows were split, in words.</param>
public sealed record SplitDataView(
    string OriginalDatasetId,
    string TrainDatasetId,
    string? ValidationDatasetId,
    string TestDatasetId,
    long TrainRows,
    long ValidationRows,
    long TestRows,
    string Description);
