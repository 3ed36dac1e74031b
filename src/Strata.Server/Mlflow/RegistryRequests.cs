using Strata.Platform.Runs;

namespace Strata.Server.Mlflow;

/// <summary>What is asked of a registered model or one of its versions.</summary>
internal sealed record RegistryRequest
{
    public string? Name { get; init; }

    public string? NewName { get; init; }

    public string? Version { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<WireTag>? Tags { get; init; }

    public string? Key { get; init; }

    public string? Value { get; init; }

    public string? Alias { get; init; }

    public IReadOnlyList<string>? Stages { get; init; }

    public string? Stage { get; init; }

    public bool? ArchiveExistingVersions { get; init; }

    public string? Source { get; init; }

    public string? RunId { get; init; }

    public string? RunLink { get; init; }
}

internal sealed record RegistrySearch
{
    public string? Filter { get; init; }

    public IReadOnlyList<string>? OrderBy { get; init; }

    public long? MaxResults { get; init; }

    public string? PageToken { get; init; }

    public SearchRequest Asked(int usual, int most) => new() { Filter = Filter, OrderBy = OrderBy ?? [], Count = MaxResults.Count(usual, most), PageToken = PageToken };
}
