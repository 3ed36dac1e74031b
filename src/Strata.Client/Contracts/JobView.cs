using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>One piece of queued work.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it does, such as <c>train</c>.</param>
/// <param name="Status">How far its life is.</param>
/// <param name="Progress">Per cent done, 0 to 100.</param>
/// <param name="CurrentStep">What it does just now, for people.</param>
/// <param name="Error">Why it failed, else null.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its latest attempt started, or null.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Attempt">How many times it was started.</param>
/// <param name="Result">What it made, by name (such as <c>dataset_id</c>), when completed.</param>
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
    JsonElement? Result);

/// <summary>The life of a job; the last three are its ends.</summary>
public enum JobStatus
{
    Queued,
    Preparing,
    Running,
    Completed,
    Failed,
    Cancelled,
}
