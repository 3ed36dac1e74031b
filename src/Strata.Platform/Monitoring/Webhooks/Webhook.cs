using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>An address that is told of alerts.</summary>
public sealed record Webhook
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    public required string Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
