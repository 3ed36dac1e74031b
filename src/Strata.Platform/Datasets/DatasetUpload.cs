using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>What comes with an uploaded file.</summary>
/// <param name="FileName">As the sender calls it; only ever shown, never a path here.</param>
public sealed record DatasetUpload(string FileName)
{
    /// <summary>Null for the file's name without its ending.</summary>
    public string? Name { get; init; }

    /// <summary>The project that it goes to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>Whose share of the machine the reading takes.</summary>
    public string AskedBy { get; init; } = JobTerms.LocalOwner;

    public DatasetOrigin Origin { get; init; } = DatasetOrigin.Upload;

    /// <summary>How its rows and arrays stand in the file.</summary>
    public TableLayout Layout { get; init; } = TableLayout.Usual;

    /// <summary>The column to predict, which must be there; null to suggest one.</summary>
    public string? Target { get; init; }

    /// <summary>Types in place of the inferred ones, by column name.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();
}
