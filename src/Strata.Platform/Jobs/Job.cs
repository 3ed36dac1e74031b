using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>One piece of queued work. Its state changes only by the verbs here; one that does not fit the state throws.</summary>
public sealed record Job
{
    public required string Id { get; init; }

    /// <summary>Name of the job kind.</summary>
    public required string Kind { get; init; }

    /// <summary>What the kind was told.</summary>
    public required JsonObject Payload { get; init; }

    /// <summary>Blobs that the worker reads, by the name it knows them by.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Under whose id metrics and artifacts are filed.</summary>
    public required string Owner { get; init; }

    /// <summary>Who asked for it, how urgent it is, and which jobs it comes after.</summary>
    public JobTerms Terms { get; init; } = new();

    public JobStatus Status { get; internal init; }

    /// <summary>The project that it belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>Its place among the jobs that could start now, from 1; null when it does not wait for a free worker.</summary>
    public int? QueuePosition { get; internal init; }

    /// <summary>0 to 100.</summary>
    public double Progress { get; init; }

    public string? CurrentStep { get; init; }

    /// <summary>Why it failed, or was cancelled by no person, for people; null otherwise.</summary>
    public string? Error { get; internal init; }

    public JsonNode? Result { get; internal init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; internal init; }

    public DateTimeOffset? EndedAt { get; internal init; }

    /// <summary>Number of the present attempt, from 1; 0 before the first. Only the present attempt's result is accepted.</summary>
    public int Attempt { get; internal init; }

    /// <summary>How many workers of it have crashed.</summary>
    public int Crashes { get; internal init; }

    /// <summary>When a crashed job is tried again.</summary>
    public DateTimeOffset? NotBefore { get; internal init; }

    public bool IsCancelRequested { get; internal init; }

    public bool IsPauseRequested { get; internal init; }

    /// <summary>Whether its worker is to end soon with what is ready.</summary>
    public bool IsFinishRequested { get; internal init; }

    /// <summary>How long its workers may work, all attempts together.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>How long the workers of earlier attempts have worked.</summary>
    public TimeSpan Worked { get; internal init; }

    /// <summary>Name of the present attempt's folder.</summary>
    public string AttemptId => $"{Id}-{Attempt}";

    /// <summary>A worker is about to be started.</summary>
    public Job Prepare() => From("prepared", JobStatus.Queued) with { Status = JobStatus.Preparing, Attempt = Attempt + 1, NotBefore = null };

    /// <summary>The worker has shown its first sign of life.</summary>
    public Job Start(DateTimeOffset at) => From("started", JobStatus.Preparing) with { Status = JobStatus.Running, StartedAt = StartedAt ?? at };

    /// <summary>The worker is gone without an end: it crashed, the system asked it to end, or somebody wants it to wait. Another attempt follows.</summary>
    public Job Retry(DateTimeOffset notBefore, bool isCrash = true)
    {
        Job again = From("tried again", JobStatus.Preparing, JobStatus.Running) with { Status = JobStatus.Queued, Crashes = Crashes + (isCrash ? 1 : 0), NotBefore = notBefore };
        return IsPauseRequested ? again.Pause() : again;
    }

    public Job Complete(JsonNode? result, DateTimeOffset at) =>
        From("completed", JobStatus.Preparing, JobStatus.Running) with { Status = JobStatus.Completed, Result = result, Progress = 100, EndedAt = at, StartedAt = StartedAt ?? at };

    /// <summary>Asks a job to wait; one without a worker does so at once, others when their worker has saved what it has and gone.</summary>
    public Job RequestPause() => From("paused", JobStatus.Queued, JobStatus.Preparing, JobStatus.Running) with { IsPauseRequested = true };

    public Job Pause() => From("paused", JobStatus.Queued, JobStatus.Preparing, JobStatus.Running) with { Status = JobStatus.Paused, IsPauseRequested = false, NotBefore = null };

    /// <summary>Asks a job to end soon with what is ready, as far as its kind can; one that waits has nothing ready.</summary>
    public Job RequestFinish() => From("finished early", JobStatus.Preparing, JobStatus.Running) with { IsFinishRequested = true };

    /// <summary>Lets a paused job wait for its turn again; one whose worker is only about to go is started again when it has gone.</summary>
    public Job Resume() => Status == JobStatus.Paused || IsPauseRequested
        ? this with { Status = Status == JobStatus.Paused ? JobStatus.Queued : Status, IsPauseRequested = false }
        : throw new ConflictException($"Job {Id} is {Words(Status)} and cannot be resumed.");

    public Job Fail(string error, DateTimeOffset at) =>
        From("failed", JobStatus.Queued, JobStatus.Preparing, JobStatus.Running, JobStatus.Paused) with { Status = JobStatus.Failed, Error = error, EndedAt = at };

    /// <summary>Asks a job to stop; one without a worker is then cancelled at once, others when their worker has gone.</summary>
    public Job RequestCancel() => From("cancelled", JobStatus.Queued, JobStatus.Preparing, JobStatus.Running, JobStatus.Paused) with { IsCancelRequested = true };

    /// <param name="at">When.</param>
    /// <param name="reason">Why, where no person wanted it.</param>
    public Job Cancel(DateTimeOffset at, string? reason = null) =>
        From("cancelled", JobStatus.Queued, JobStatus.Preparing, JobStatus.Running, JobStatus.Paused) with { Status = JobStatus.Cancelled, Error = reason, EndedAt = at };

    private Job From(string verb, params ReadOnlySpan<JobStatus> allowed) => allowed.Contains(Status)
        ? this
        : throw new ConflictException($"Job {Id} is {Words(Status)} and cannot be {verb}.");

    private static string Words(JobStatus status) => status.IsEnded() ? $"already {status.ToString().ToLowerInvariant()}" : status.ToString().ToLowerInvariant();
}
