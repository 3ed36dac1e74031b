namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>How a dataset is cleaned. What comes of it is a new dataset; a training on that one fits the same steps again, on its training rows only.</summary>
/// <param name="DatasetId">The dataset to clean, which stays as it is.</param>
/// <param name="MissingStrategy">What becomes of missing values; null for the mean of numbers and the most frequent level of categories.</param>
/// <param name="OutlierMethod">What lies too far out and takes its row with it; null for none.</param>
/// <param name="OutlierThreshold">How many interquartile ranges, or standard deviations; null for 1.5 of the first and 3 of the second.</param>
/// <param name="TargetColumn">The column to predict, which stays as it is; null for the one that the dataset suggests.</param>
/// <param name="Name">The new dataset's name; null for the old one's with <c>(cleaned)</c>.</param>
public sealed record CleanDataRequest(
    string DatasetId,
    MissingStrategy? MissingStrategy = null,
    OutlierMethod? OutlierMethod = null,
    double? OutlierThreshold = null,
    string? TargetColumn = null,
    string? Name = null);

/// <summary>What becomes of missing values.</summary>
public enum MissingStrategy
{
    Mean,
    Median,
    Mode,
    Drop,
    ForwardFill,
    BackwardFill,
    None,
}

/// <summary>What lies too far out.</summary>
public enum OutlierMethod
{
    None,
    Iqr,
    Zscore,
}

/// <summary>What cleaning did.</summary>
/// <param name="DatasetId">The new dataset.</param>
/// <param name="Name">Its name.</param>
/// <param name="OriginalDatasetId">The dataset that was cleaned.</param>
/// <param name="OriginalRows">Its rows.</param>
/// <param name="CleanedRows">Rows of the new one.</param>
/// <param name="RowsRemoved">The difference.</param>
/// <param name="MissingFilled">How many missing values were filled, by column.</param>
/// <param name="OutliersRemoved">How many values lay too far out, by column; a row that went may have had several.</param>
/// <param name="Steps">What each step did, as it is recorded.</param>
/// <param name="Notes">What somebody should know who trains on it.</param>
public sealed record CleanDataView(
    string DatasetId,
    string Name,
    string OriginalDatasetId,
    long OriginalRows,
    long CleanedRows,
    long RowsRemoved,
    IReadOnlyDictionary<string, int> MissingFilled,
    IReadOnlyDictionary<string, int> OutliersRemoved,
    IReadOnlyList<DerivedStepView> Steps,
    IReadOnlyList<string> Notes);
