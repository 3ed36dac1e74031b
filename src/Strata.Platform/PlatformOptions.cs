using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Platform.Storage;

namespace Strata.Platform;

/// <summary>The settings of a platform.</summary>
public sealed record PlatformOptions
{
    /// <summary>Where everything is stored; made when absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A connection string of PostgreSQL, or null for SQLite in the data folder. Files are in the data folder in either case.</summary>
    public string? Database { get; init; }

    /// <summary>Whether this is a replica: a further server over the PostgreSQL and the data folder of another, which answers predictions and changes nothing else.</summary>
    public bool IsReplica { get; init; }

    /// <summary>How long a request waits for a database that another program has locked or that cannot be reached, before it is refused.</summary>
    public TimeSpan DatabaseWait { get; init; } = DataStore.DefaultWait;

    /// <summary>How a worker process is started, or null when this process only looks on: jobs stay queued then.</summary>
    public WorkerProgram? WorkerProgram { get; init; }

    /// <summary>The largest upload in bytes; 100 MB by default.</summary>
    public long MaxUploadBytes { get; init; } = 100_000_000;

    /// <summary>How many datasets one project may have; null for any number.</summary>
    public int? MaxDatasetsPerProject { get; init; }

    /// <summary>How many bytes the files of one project's datasets may have together; null for as many as the disk holds.</summary>
    public long? MaxDatasetBytesPerProject { get; init; }

    /// <summary>The largest artifact that a run may log, in bytes; 5 GB by default.</summary>
    public long MaxArtifactBytes { get; init; } = 5_000_000_000;

    /// <summary>How many bytes the artifacts of one project may have together; null for as many as the disk holds.</summary>
    public long? MaxArtifactBytesPerProject { get; init; }

    /// <summary>How many workers may run at once.</summary>
    public int MaxConcurrentJobs { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many threads each worker may use.</summary>
    public int ThreadsPerJob { get; init; } = Environment.ProcessorCount;

    /// <summary>How many workers of one person may run at once; null for no other limit than the machine's.</summary>
    public int? MaxRunningPerUser { get; init; }

    /// <summary>How many workers of one project may run at once; null for no other limit than the machine's.</summary>
    public int? MaxRunningPerProject { get; init; }

    /// <summary>How many jobs of one person may wait.</summary>
    public int MaxQueuedPerUser { get; init; } = 10_000;

    /// <summary>How many jobs of one project may wait.</summary>
    public int MaxQueuedPerProject { get; init; } = 10_000;

    /// <summary>When a job that is still running is stopped, unless its request says otherwise; the time of all its attempts counts.</summary>
    public TimeSpan JobTimeLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a worker may go without a sign of life (it gives one a second) before it is killed.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker may live without any progress, metric or log line before it is killed as hanging.</summary>
    public TimeSpan ProgressTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a cancelled worker has to stop by itself before it is killed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(1.3);

    /// <summary>How long a worker that is to pause has to save what it has before it is killed.</summary>
    public TimeSpan PauseGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a job is tried in all when its worker crashes.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a training works at least between two checkpoints, from which the next attempt goes on.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the runner looks at its queue and its workers.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most managed memory of one worker in bytes; three quarters of the machine's by default.</summary>
    public long WorkerMemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>The most memory of one worker in bytes, however it is held; null for somewhat more than the managed memory.</summary>
    public long? WorkerResidentBytes { get; init; }

    /// <summary>The most that one worker may leave on the disk while it works, in bytes; 50 GB by default.</summary>
    public long WorkerDiskBytes { get; init; } = 50_000_000_000;

    /// <summary>Told of trouble that the platform survives, such as a full disk: for the host's log.</summary>
    public Action<Exception>? OnTrouble { get; init; }

    /// <summary>How users are let in.</summary>
    public AccountSettings Accounts { get; init; } = new();

    /// <summary>How many bytes of model files are kept loaded.</summary>
    public long ModelCacheBytes { get; init; } = 512L << 20;

    /// <summary>How long logged predictions are kept.</summary>
    public TimeSpan PredictionLogKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long deleted experiments and runs can be restored; then they are removed with their artifacts.</summary>
    public TimeSpan DeletedRunsKept { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Hosts, addresses and networks (<c>10.1.0.0/16</c>) that webhooks may reach although they are not on the public Internet.</summary>
    public IReadOnlyList<string> WebhookAllow { get; init; } = [];

    /// <summary>What <see cref="WorkerResidentBytes"/> comes to: beside managed memory a worker has its program, its stacks and the numbers of its networks.</summary>
    internal long ResidentBytes => WorkerResidentBytes ?? WorkerMemoryBytes + Math.Max(WorkerMemoryBytes / 4, 256 << 20);

    /// <exception cref="DataException">A setting makes no sense; all of them at once.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        void AtLeast(string name, double value, double least)
        {
            if (!(value >= least))
            {
                problems.Add($"The setting {name} is {value}; it takes at least {least}.");
            }
        }

        AtLeast("max_upload_bytes", MaxUploadBytes, 1);
        AtLeast("max_datasets_per_project", MaxDatasetsPerProject ?? 1, 1);
        AtLeast("max_dataset_bytes_per_project", MaxDatasetBytesPerProject ?? 1, 1);
        AtLeast("max_artifact_bytes", MaxArtifactBytes, 1);
        AtLeast("max_artifact_bytes_per_project", MaxArtifactBytesPerProject ?? 1, 1);
        AtLeast("max_concurrent_jobs", MaxConcurrentJobs, 1);
        AtLeast("threads_per_job", ThreadsPerJob, 1);
        AtLeast("max_attempts", MaxAttempts, 1);
        AtLeast("worker_memory_bytes", WorkerMemoryBytes, 64 << 20);
        AtLeast("worker_resident_bytes", ResidentBytes, 64 << 20);
        AtLeast("worker_disk_bytes", WorkerDiskBytes, 1);
        AtLeast("max_running_per_user", MaxRunningPerUser ?? 1, 1);
        AtLeast("max_running_per_project", MaxRunningPerProject ?? 1, 1);
        AtLeast("max_queued_per_user", MaxQueuedPerUser, 1);
        AtLeast("max_queued_per_project", MaxQueuedPerProject, 1);
        AtLeast("heartbeat_timeout in seconds", HeartbeatTimeout.TotalSeconds, 3);
        AtLeast("job_time_limit in seconds", JobTimeLimit.TotalSeconds, 1);
        AtLeast("password_rounds", Accounts.PasswordRounds, 1000);
        AtLeast("idle_time in seconds", Accounts.IdleTime.TotalSeconds, 1);
        AtLeast("database_wait in seconds", DatabaseWait.TotalSeconds, 0.001);
        AtLeast("poll_interval in seconds", PollInterval.TotalSeconds, 0.001);
        AtLeast("prediction_log_kept in hours", PredictionLogKept.TotalHours, 1);
        AtLeast("deleted_runs_kept in hours", DeletedRunsKept.TotalHours, 0);
        problems.AddRange(WebhookAllow.Select(WebhookTargets.ProblemOf).OfType<string>());
        DataException.ThrowIfAny(problems);
    }
}
