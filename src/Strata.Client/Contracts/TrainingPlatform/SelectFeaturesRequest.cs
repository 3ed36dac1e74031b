namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>How columns of a dataset are chosen. A training on what comes of it chooses again, by its training rows only.</summary>
/// <param name="DatasetId">The dataset to choose from, which stays as it is.</param>
/// <param name="TargetColumn">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="Method">How columns are judged; null for mutual information.</param>
/// <param name="NFeatures">How many are kept; null for half of them.</param>
/// <param name="RandomState">Where chance starts; null for 0.</param>
/// <param name="Name">The new dataset's name; null for the old one's with <c>(selected)</c>.</param>
public sealed record SelectFeaturesRequest(
    string DatasetId,
    string? TargetColumn = null,
    SelectionMethod? Method = null,
    int? NFeatures = null,
    ulong? RandomState = null,
    string? Name = null);

/// <summary>How columns are judged.</summary>
public enum SelectionMethod
{
    Correlation,
    MutualInfo,
    Rfe,
    TreeImportance,
    Statistical,
}

/// <summary>Which columns were chosen.</summary>
/// <param name="DatasetId">The new dataset.</param>
/// <param name="Name">Its name.</param>
/// <param name="OriginalDatasetId">The dataset that was chosen from.</param>
/// <param name="TargetColumn">The column to predict.</param>
/// <param name="Method">How columns were judged.</param>
/// <param name="Scores">What each column scored, the more the better; null for one that cannot be scored and is kept. With elimination, the importance before anything was left out.</param>
/// <param name="SelectedFeatures">Columns that are kept, the best first.</param>
/// <param name="RemovedFeatures">Columns that are gone.</param>
/// <param name="Rows">Rows of both.</param>
/// <param name="Notes">What somebody should know who trains on it.</param>
public sealed record SelectFeaturesView(
    string DatasetId,
    string Name,
    string OriginalDatasetId,
    string TargetColumn,
    SelectionMethod Method,
    IReadOnlyDictionary<string, double?> Scores,
    IReadOnlyList<string> SelectedFeatures,
    IReadOnlyList<string> RemovedFeatures,
    long Rows,
    IReadOnlyList<string> Notes);
