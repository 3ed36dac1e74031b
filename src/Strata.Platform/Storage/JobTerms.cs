namespace Strata.Platform.Storage;

/// <summary>Who asked for a job, and when its turn comes.</summary>
public sealed record JobTerms
{
    /// <summary>Who asks while there are no accounts.</summary>
    public const string LocalOwner = "local";

    /// <summary>Whose share of the machine the job takes.</summary>
    public string AskedBy { get; init; } = LocalOwner;

    /// <summary>Which of the same person's jobs goes first; nobody gets a larger share of the machine by it.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Ids of jobs that must have completed before this one starts; where one of them fails or is cancelled, so is this one.</summary>
    public IReadOnlyList<string> After { get; init; } = [];
}

/// <summary>The order among jobs that wait.</summary>
public enum JobPriority
{
    Low,
    Normal,
    High,
}
