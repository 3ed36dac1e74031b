namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>A dataset as training platforms show it.</summary>
/// <param name="DatasetId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Whether it can be used yet.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Columns">How many columns it has.</param>
/// <param name="ColumnNames">In the order of the table.</param>
/// <param name="ColumnTypes">By column.</param>
/// <param name="TargetColumn">The column to predict: the one that was named, or a guess; null for none.</param>
/// <param name="MissingValues">How many rows have no value, by column; null in lists.</param>
/// <param name="ContentHash">Equal for equal tables.</param>
/// <param name="Notes">What was repaired or guessed while reading.</param>
/// <param name="DerivedFrom">How it was made from another dataset; null for one that was read from a file.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record PlatformDatasetView(
    string DatasetId,
    string Name,
    DatasetStatus Status,
    long Rows,
    int Columns,
    IReadOnlyList<string> ColumnNames,
    IReadOnlyDictionary<string, ColumnType> ColumnTypes,
    string? TargetColumn,
    IReadOnlyDictionary<string, long>? MissingValues,
    string ContentHash,
    IReadOnlyList<string> Notes,
    DerivationView? DerivedFrom,
    DateTimeOffset CreatedAt);
