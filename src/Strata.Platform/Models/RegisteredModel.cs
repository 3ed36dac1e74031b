namespace Strata.Platform.Models;

/// <summary>A name under which versions of a model are registered, one after the other.</summary>
public sealed record RegisteredModel
{
    public required string Id { get; init; }

    public required string Project { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = string.Empty;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Further names of versions: the alias, and the number of the version that it means.</summary>
    public IReadOnlyDictionary<string, int> Aliases { get; init; } = new Dictionary<string, int>();

    /// <summary>What a version has to meet before it goes into production, and where it is served then.</summary>
    public PromotionRules Rules { get; init; } = PromotionRules.None;

    /// <summary>The newest version of each status.</summary>
    public IReadOnlyList<ModelVersion> LatestVersions { get; init; } = [];
}
