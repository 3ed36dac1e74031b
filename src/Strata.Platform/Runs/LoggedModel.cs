namespace Strata.Platform.Runs;

/// <summary>A model that another program's run has made, with files of its own: a set of artifacts and what is known of it. Strata does not load it.</summary>
public sealed record LoggedModel
{
    public required string Id { get; init; }

    public required string ExperimentId { get; init; }

    public required string Name { get; init; }

    /// <summary>The address of its files.</summary>
    public required string ArtifactLocation { get; init; }

    public LoggedModelStatus Status { get; init; } = LoggedModelStatus.Pending;

    public string? StatusMessage { get; init; }

    /// <summary>What kind of model its maker calls it; or null.</summary>
    public string? ModelType { get; init; }

    /// <summary>The run that made it; or null.</summary>
    public string? RunId { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Whether the files of a logged model are complete.</summary>
public enum LoggedModelStatus
{
    Pending,
    Ready,
    Failed,
}
