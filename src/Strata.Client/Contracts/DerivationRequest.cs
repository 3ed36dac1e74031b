namespace Strata.Client.Contracts;

/// <summary>How a dataset is to be made from another one: by steps over all its rows, or by a split; one of the two.</summary>
/// <param name="Steps">Preparation steps, in order. They are recorded, and a training on what comes of them fits them again on its training rows only.</param>
/// <param name="Split">Makes a dataset for each part of a split, which trainings then use as it is.</param>
/// <param name="Target">The column to predict, which steps leave as it is; null for the one that the dataset suggests.</param>
/// <param name="Name">The new dataset's name; null for one made from the old one's.</param>
/// <param name="Seed">Where chance starts; null for 0.</param>
public sealed record DerivationRequest(IReadOnlyList<StepRequest>? Steps = null, SplitRequest? Split = null, string? Target = null, string? Name = null, ulong? Seed = null);

/// <summary>How rows are split.</summary>
/// <param name="TestSize">The part to test on; null for 0.2.</param>
/// <param name="ValidationSize">The part to stop early by; null for none.</param>
/// <param name="Stratify">Whether each part has the target's classes in the same shares; null for true.</param>
/// <param name="Group">The column whose equal values stay together; null for none.</param>
/// <param name="Time">The column that orders rows, so that later ones are tested on; null for none.</param>
public sealed record SplitRequest(double? TestSize = null, double? ValidationSize = null, bool? Stratify = null, string? Group = null, string? Time = null);

/// <summary>What is made, or has been made, from a dataset.</summary>
/// <param name="JobId">The job that makes it.</param>
/// <param name="Datasets">One, or the parts of a split: train, validation if there is one, test.</param>
public sealed record DerivedDatasetsView(string JobId, IReadOnlyList<DatasetView> Datasets);
