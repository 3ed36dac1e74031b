namespace Strata.Platform.Datasets;

/// <summary>What a worker found in a table's file; the frame and the profile are files beside it.</summary>
public sealed record TableDescription
{
    /// <summary>The output file with the parsed table.</summary>
    public const string FrameFileName = "table.frame";

    /// <summary>The output file with the table's profile.</summary>
    public const string ProfileFileName = "profile.json";

    public required int RowCount { get; init; }

    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public string? SuggestedTarget { get; init; }

    public string? Preset { get; init; }
}
