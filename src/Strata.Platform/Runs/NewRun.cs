namespace Strata.Platform.Runs;

/// <summary>A run that another program carries out and reports.</summary>
public sealed record NewRun
{
    /// <summary>Null for a name made up.</summary>
    public string? Name { get; init; }

    public string ExperimentId { get; init; } = Experiment.DefaultId;

    public string UserId { get; init; } = string.Empty;

    /// <summary>Null for now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
