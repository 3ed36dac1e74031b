using Strata.Platform.Datasets;

namespace Strata.Platform.Jobs;

/// <summary>What a worker says of the dataset that it has made: its name, origin, and which of the files it left is the original.</summary>
public sealed record NewDataset(string Name, DatasetOrigin Origin, string OriginalFile);
