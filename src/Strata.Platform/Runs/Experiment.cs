namespace Strata.Platform.Runs;

/// <summary>A named group of runs, as MLflow has it.</summary>
public sealed record Experiment
{
    /// <summary>The experiment of the default project, in which trainings are that name no other.</summary>
    public const string DefaultId = "0";

    /// <summary>What that of each project is called.</summary>
    public const string DefaultName = "Default";

    public required string Id { get; init; }

    public required string Project { get; init; }

    public required string Name { get; init; }

    /// <summary>Under which address its runs' artifacts are.</summary>
    public required string ArtifactLocation { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted; null while it is in use.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <exception cref="Learning.Data.DataException">It is deleted.</exception>
    internal void ThrowIfDeleted()
    {
        if (IsDeleted)
        {
            throw new Learning.Data.DataException($"The experiment '{Name}' ({Id}) is deleted. Restore it first.");
        }
    }
}
