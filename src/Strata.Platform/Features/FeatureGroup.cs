namespace Strata.Platform.Features;

/// <summary>A named, versioned definition of features over the rows of a dataset, and where its materialised values are. A definition never changes: another one is the name's next version.</summary>
public sealed record FeatureGroup
{
    public required string Id { get; init; }

    /// <summary>Versions share it within a project.</summary>
    public required string Name { get; init; }

    /// <summary>From 1 within the name of the project.</summary>
    public required int Version { get; init; }

    /// <summary>The source's project.</summary>
    public required string Project { get; init; }

    /// <summary>The dataset that it was defined on.</summary>
    public required string DatasetId { get; init; }

    public required FeaturePlan Plan { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who defined it.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The values; null before they were materialised.</summary>
    public FeatureValuesInfo? Values { get; init; }
}

/// <summary>Materialised values.</summary>
/// <param name="Blob">The stored table.</param>
/// <param name="DatasetId">Whose rows they were made of.</param>
/// <param name="Rows">One for each moment at which something became known of an entity.</param>
/// <param name="Entities">Of how many entities.</param>
/// <param name="At">When they were made.</param>
/// <param name="JobId">By which job.</param>
public sealed record FeatureValuesInfo(string Blob, string DatasetId, long Rows, long Entities, DateTimeOffset At, string JobId);
