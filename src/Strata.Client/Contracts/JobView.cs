using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>One piece of queued work.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it does, such as <c>train</c>.</param>
/// <param name="Status">How far its life is.</param>
/// <param name="Progress">Per cent done, 0 to 100.</param>
/// <param name="CurrentStep">What it does just now, for people.</param>
/// <param name="Error">Why it failed or was cancelled by no person, else null.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its latest attempt started, or null.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Attempt">How many times it was started.</param>
/// <param name="Result">What it made, by name (such as <c>dataset_id</c>), when completed.</param>
/// <param name="Owner">What its metrics and files belong to: the id of a run or a comparison, or its own.</param>
/// <param name="AskedBy">Who asked for it; <c>local</c> while there are no accounts.</param>
/// <param name="Priority">Which of the same person's jobs goes first.</param>
/// <param name="QueuePosition">Its place among the jobs that wait for a free worker, from 1; null when it does not.</param>
/// <param name="After">Ids of jobs that must complete before it starts.</param>
/// <param name="Pausing">Whether its worker is about to save what it has and go.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Finishing">Whether its worker is about to end with what is ready.</param>
public sealed record JobView(
    string Id,
    string Kind,
    JobStatus Status,
    double Progress,
    string CurrentStep,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int Attempt,
    JsonElement? Result,
    string Owner,
    string AskedBy,
    JobPriority Priority,
    int? QueuePosition,
    IReadOnlyList<string> After,
    bool Pausing,
    string Project = "default",
    bool Finishing = false);

/// <summary>The order among the jobs of one person.</summary>
public enum JobPriority
{
    Low,
    Normal,
    High,
}

/// <summary>The life of a job; the last three are its ends.</summary>
public enum JobStatus
{
    Queued,
    Preparing,
    Running,
    Paused,
    Completed,
    Failed,
    Cancelled,
}
