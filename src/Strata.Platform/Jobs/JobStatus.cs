namespace Strata.Platform.Jobs;

/// <summary>Where a job is in its life.</summary>
public enum JobStatus
{
    /// <summary>Waiting for its turn.</summary>
    Queued,

    /// <summary>Its worker process is being started.</summary>
    Preparing,

    /// <summary>Its worker is at work.</summary>
    Running,

    /// <summary>Put aside until somebody resumes it; what its worker has saved is kept.</summary>
    Paused,

    /// <summary>Done; the result is stored.</summary>
    Completed,

    /// <summary>Ended without a result; the error says why.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,
}

public static class JobStatuses
{
    /// <summary>Whether nothing will change any more.</summary>
    public static bool IsEnded(this JobStatus status) => status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>Whether it has not ended and no worker is at it.</summary>
    public static bool IsWaiting(this JobStatus status) => status is JobStatus.Queued or JobStatus.Paused;
}
