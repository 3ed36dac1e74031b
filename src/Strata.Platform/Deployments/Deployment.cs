using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>A name that answers predictions with one or several stored models.</summary>
public sealed record Deployment
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>What it serves now.</summary>
    public required DeploymentRevision Current { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
