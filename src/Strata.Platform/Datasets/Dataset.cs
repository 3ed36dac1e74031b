using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>Where a dataset's rows come from.</summary>
public enum DatasetOrigin
{
    /// <summary>Somebody's file.</summary>
    Upload,

    /// <summary>NASA's archive.</summary>
    Nasa,

    /// <summary>A simulator; no row is an observation.</summary>
    Simulated,

    /// <summary>Made from other datasets.</summary>
    Derived,
}

/// <summary>Whether a dataset's file has been understood.</summary>
public enum DatasetStatus
{
    /// <summary>A worker is reading it.</summary>
    Reading,

    /// <summary>It can be looked at and learned from.</summary>
    Ready,

    /// <summary>It cannot be read; the error says why.</summary>
    Failed,
}

/// <summary>An immutable, content-hashed version of a table. Other types for its columns make another version.</summary>
public sealed record Dataset
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>From 1 within the name of the project.</summary>
    public required int Version { get; init; }

    public required DatasetOrigin Origin { get; init; }

    public required DatasetStatus Status { get; init; }

    /// <summary>Why it cannot be read; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>SHA-256 over the original bytes' hash and the options of reading: equal for equal tables.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Name of the file that it came as.</summary>
    public required string FileName { get; init; }

    /// <summary>Length of the original file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Types that somebody chose in place of the inferred ones.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>How its rows and arrays stand in the file.</summary>
    public TableLayout Layout { get; init; } = TableLayout.Usual;

    public required string OriginalBlob { get; init; }

    public string? FrameBlob { get; init; }

    public string? ProfileBlob { get; init; }

    public int RowCount { get; init; }

    public int ColumnCount { get; init; }

    public IReadOnlyList<DatasetColumn> Columns { get; init; } = [];

    /// <summary>The visible repairs that reading made, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string? SuggestedTarget { get; init; }

    /// <summary>The solution's preset for this kind of table, such as <c>exoplanets.kepler</c>.</summary>
    public string? Preset { get; init; }

    /// <summary>The job that reads it.</summary>
    public string? JobId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it was made from another dataset; null for one that was read from a file.</summary>
    public Derivation? Derivation { get; init; }

    /// <summary>Which rows of the table that was read first its rows are, as <see cref="RowNumbers"/>; null for all of them in order.</summary>
    public string? RowsBlob { get; init; }

    /// <summary>Its file has been read.</summary>
    internal Dataset Read(TableDescription table, string frameHash, string profileHash) => this with
    {
        Status = DatasetStatus.Ready,
        FrameBlob = frameHash,
        ProfileBlob = profileHash,
        RowCount = table.RowCount,
        ColumnCount = table.Columns.Count,
        Columns = table.Columns,
        Notes = table.Notes,
        SuggestedTarget = table.SuggestedTarget,
        Preset = table.Preset,
    };

    /// <summary>It has been made from another one; its file is that of the same rows as text.</summary>
    internal Dataset Made(TableDescription table, string frameHash, string profileHash, Blob text, string? rowsHash, Derivation derivation) => Read(table, frameHash, profileHash) with
    {
        OriginalBlob = text.Hash,
        Bytes = text.Bytes,
        RowsBlob = rowsHash,
        Derivation = derivation,
    };

    /// <summary>Its file cannot be read.</summary>
    internal Dataset Fail(string error) => this with { Status = DatasetStatus.Failed, Error = error };

    /// <exception cref="ConflictException">It is being read, or could not be.</exception>
    public void ThrowIfNotReady()
    {
        if (Status != DatasetStatus.Ready)
        {
            throw new ConflictException(Status == DatasetStatus.Reading
                ? $"Dataset '{Name}' is still being read. Try again when it is ready."
                : $"Dataset '{Name}' could not be read: {Error}");
        }
    }
}
