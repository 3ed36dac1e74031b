namespace Strata.Client.Contracts;

/// <summary>One immutable version of a stored table.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name its owner gave it; versions share it.</param>
/// <param name="Version">1 for the first of that name.</param>
/// <param name="Origin">Where its rows come from.</param>
/// <param name="Status">Whether it can be used yet.</param>
/// <param name="Error">Why it failed, else null.</param>
/// <param name="ContentHash">SHA-256 of the original bytes, in hexadecimal.</param>
/// <param name="Bytes">The size of the original.</param>
/// <param name="RowCount">The number of rows; 0 until it is ready.</param>
/// <param name="ColumnCount">The number of columns; 0 until it is ready.</param>
/// <param name="Columns">Names and types; empty until it is ready.</param>
/// <param name="Notes">What was repaired or guessed while reading, for people.</param>
/// <param name="SuggestedTarget">The column that is probably to be predicted, or null.</param>
/// <param name="Preset">The preset of a recognised table, such as <c>exoplanets.kepler</c>, or null.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="JobId">The job that reads or makes it, or null.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="DerivedFrom">How it was made from another dataset; null for one that was read from a file.</param>
public sealed record DatasetView(
    string Id,
    string Name,
    int Version,
    DatasetOrigin Origin,
    DatasetStatus Status,
    string? Error,
    string ContentHash,
    long Bytes,
    long RowCount,
    int ColumnCount,
    IReadOnlyList<ColumnView> Columns,
    IReadOnlyList<string> Notes,
    string? SuggestedTarget,
    string? Preset,
    DateTimeOffset CreatedAt,
    string? JobId,
    string Project = "default",
    DerivationView? DerivedFrom = null);

/// <summary>Name and type of a column.</summary>
public sealed record ColumnView(string Name, ColumnType Type);

/// <summary>Where a dataset's rows come from.</summary>
public enum DatasetOrigin
{
    Upload,
    Nasa,
    Simulated,
    Derived,
}

/// <summary>How far a dataset is.</summary>
public enum DatasetStatus
{
    Reading,
    Ready,
    Failed,
}
