namespace Strata.Platform.Models;

/// <summary>What is asked for when a version is registered.</summary>
/// <param name="Source">Where its files are: <c>strata:/models/ID</c>, <c>runs:/RUN/PATH</c>, <c>models:/NAME/VERSION</c>, <c>models:/MODEL-ID</c> or an artifact address of this server.</param>
public sealed record NewModelVersion(string Source)
{
    public string? RunId { get; init; }

    public string? RunLink { get; init; }

    public string Description { get; init; } = string.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
