namespace Strata.Platform.Models;

/// <summary>One version of a registered model: where its files are, what it came from, and how far it has got.</summary>
public sealed record ModelVersion
{
    public string Id { get; init; } = string.Empty;

    /// <summary>The registered model's name.</summary>
    public required string Name { get; init; }

    /// <summary>From 1; never given twice, even when a version is deleted.</summary>
    public required int Version { get; init; }

    public ModelVersionStatus Status { get; init; }

    public string Description { get; init; } = string.Empty;

    /// <summary>Where it comes from as its maker said: <c>strata:/models/</c>, <c>runs:/</c>, <c>models:/</c>, or an artifact address of this server.</summary>
    public required string Source { get; init; }

    /// <summary>The artifact address of its files.</summary>
    public required string Location { get; init; }

    public string? RunId { get; init; }

    /// <summary>The stored model that it is, which Strata can serve; null where another program made it.</summary>
    public string? ModelId { get; init; }

    /// <summary>A page that tells of the run; or null.</summary>
    public string? RunLink { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What people have said of it: the last word of each.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];
}
