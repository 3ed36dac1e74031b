using System.Data;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>All jobs: what waits, what runs, what has come of the rest.</summary>
public sealed class JobQueue
{
    private const int MostReplayedPoints = 1000;
    private const int MostReplayedLines = 10_000;

    private const int MostAfter = 100;

    private readonly DataStore store;
    private readonly PlatformOptions options;
    private readonly TimeProvider clock;
    private readonly Postponements postponed;

    internal JobQueue(DataStore store, PlatformOptions options, TimeProvider clock)
    {
        (this.store, this.options, this.clock) = (store, options, clock);
        postponed = new Postponements(clock);
        Events = new JobEvents(clock, Get, job => store.Database.Read(connection =>
            (MetricSeries.Read(connection, job.Owner, MostReplayedPoints), JobTable.ReadLastLog(connection, job.Id, MostReplayedLines))));
        Ending = new JobEnding(store, Events, clock);
    }

    public JobEvents Events { get; }

    internal JobEnding Ending { get; }

    /// <summary>Set when there may be something to start or to stop.</summary>
    internal Signal Changed { get; } = new();

    /// <summary>Says what the server does when a job of one kind has ended; the last one of a kind counts.</summary>
    public void Add(IJobFinish finish) => Ending.Add(finish);

    /// <summary>Queues a job.</summary>
    /// <exception cref="NotFoundException">A job that it is to come after does not exist.</exception>
    /// <exception cref="ConflictException">A job that it is to come after has failed or was cancelled.</exception>
    /// <exception cref="QuotaException">Whoever asks has too many jobs waiting.</exception>
    public async Task<Job> EnqueueAsync(JobRequest request)
    {
        string id = await store.Database.WriteAsync(connection => Enqueue(connection, request)).ConfigureAwait(false);
        Changed.Set();
        return Get(id);
    }

    /// <summary>Queues a job inside the caller's transaction, so that it is there together with what it makes.</summary>
    public string Enqueue(IDbConnection connection, JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckTerms(connection, request.Terms, request.Project);
        string id = NewId.Next();
        JobTable.Insert(connection, new Job
        {
            Id = id,
            Project = request.Project,
            Kind = request.Kind,
            Payload = request.Payload,
            Inputs = request.Inputs,
            Owner = request.Owner ?? id,
            Terms = request.Terms with { After = [.. request.Terms.After.Distinct(StringComparer.Ordinal)] },
            CreatedAt = clock.GetUtcNow(),
            TimeLimit = request.TimeLimit ?? options.JobTimeLimit,
        });
        Uses.Add(connection, id, request.Uses);
        return id;
    }

    /// <exception cref="NotFoundException">There is no such job.</exception>
    public Job Get(string id) => store.Database.Read(connection =>
    {
        Job job = JobTable.Get(connection, id);
        return job.Status == JobStatus.Queued ? Placed(job, PlacesIn(connection)) : job;
    });

    /// <summary>The newest first, of the given projects or of all; their inputs are left out.</summary>
    public Page<Job> List(int offset = 0, int count = 100, string? kind = null, JobStatus? status = null, IReadOnlyCollection<string>? projects = null) => store.Database.Read(connection =>
    {
        Page<Job> page = JobTable.List(connection, offset, count, kind, status, projects);
        IReadOnlyDictionary<string, int>? places = page.Items.Any(job => job.Status == JobStatus.Queued) ? PlacesIn(connection) : null;
        return places is null ? page : page.Select(job => Placed(job, places));
    });

    /// <summary>How many jobs there are of each status, in the given projects or in all; one with none counts 0.</summary>
    public IReadOnlyDictionary<JobStatus, long> Counts(IReadOnlyCollection<string>? projects = null) => store.Database.Read(connection => JobTable.Counts(connection, projects));

    /// <summary>How many jobs of a project have failed since a time, and the last of them.</summary>
    internal (int Count, Job? Newest) FailedSince(string project, DateTimeOffset time) => store.Database.Read(connection => JobTable.FailedSince(connection, project, time));

    /// <summary>The log lines after the given number.</summary>
    public IReadOnlyList<LogLine> Log(string id, long after = 0, int count = 1000)
    {
        _ = Get(id);
        return store.Database.Read(connection => JobTable.ReadLog(connection, id, after, count));
    }

    /// <summary>The last log lines, in their order.</summary>
    public IReadOnlyList<LogLine> LastLog(string id, int count) => store.Database.Read(connection => JobTable.ReadLastLog(connection, id, count));

    /// <summary>Asks a job to stop. One without a worker is cancelled when this returns, a running one within two seconds.</summary>
    /// <exception cref="ConflictException">It has ended already.</exception>
    public async Task<Job> CancelAsync(string id)
    {
        Job asked = await ChangeAsync(id, job => job.RequestCancel()).ConfigureAwait(false);
        if (asked.Status.IsWaiting())
        {
            await Ending.EndWaitingAsync(asked).ConfigureAwait(false);
        }

        return Get(id);
    }

    /// <summary>Puts a job aside: one without a worker at once, a running one when its worker has saved what it has, ten seconds later at the most.</summary>
    /// <exception cref="ConflictException">It has ended or is paused already.</exception>
    public async Task<Job> PauseAsync(string id)
    {
        Job asked = await ChangeAsync(id, job => job.Status == JobStatus.Queued ? job.Pause() : job.RequestPause()).ConfigureAwait(false);
        Events.Status(asked);
        return Get(id);
    }

    /// <summary>Asks a running job to end soon with what is ready.</summary>
    /// <exception cref="ConflictException">It is not at work.</exception>
    public async Task<Job> FinishAsync(string id)
    {
        Job asked = await ChangeAsync(id, job => job.RequestFinish()).ConfigureAwait(false);
        Events.Status(asked);
        return Get(id);
    }

    /// <summary>Lets a paused job wait for its turn again; it goes on from what it has saved.</summary>
    /// <exception cref="ConflictException">It is not paused.</exception>
    public async Task<Job> ResumeAsync(string id)
    {
        Job resumed = await ChangeAsync(id, job => job.Resume()).ConfigureAwait(false);
        Events.Status(resumed);
        return Get(id);
    }

    /// <summary>The job as it is when it has ended, or when the time is over.</summary>
    public async Task<Job> WaitAsync(string id, TimeSpan mostWait, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(mostWait);
        try
        {
            await Events.WaitForEndAsync(id, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time is over; the caller sees how far it is.
        }

        return Get(id);
    }

    /// <summary>A file as the worker of a running job has left it so far, for kinds that replace it whole; null where there is none, or no worker.</summary>
    public byte[]? Unfinished(Job job, string name)
    {
        ArgumentNullException.ThrowIfNull(job);
        string path = Path.Join(new AttemptFolder(Path.Join(store.AttemptsFolder, job.AttemptId)).OutputFolder, name);
        try
        {
            return job.Status == JobStatus.Running && File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The job has ended meanwhile.
            return null;
        }
    }

    /// <summary>Takes the job whose turn it is, or null. However many ask at once, each job is given once.</summary>
    internal Task<Job?> ClaimAsync()
    {
        IReadOnlyCollection<string> waiting = postponed.Ids();
        return store.Database.Read(connection => NextIn(connection, waiting)) is null
            ? Task.FromResult<Job?>(null)
            : store.Database.WriteAsync(connection =>
            {
                Job? job = NextIn(connection, waiting)?.Prepare();
                if (job is null)
                {
                    return null;
                }

                // With a new attempt, what the last one has worked is added up.
                JobTable.Save(connection, job);
                return JobTable.Get(connection, job.Id);
            });
    }

    /// <summary>Keeps a job from being claimed for a while.</summary>
    internal void Postpone(string id, TimeSpan delay) => postponed.Add(id, delay);

    private static Job Placed(Job job, IReadOnlyDictionary<string, int> places) => places.TryGetValue(job.Id, out int place) ? job with { QueuePosition = place } : job;

    private IReadOnlyDictionary<string, int> PlacesIn(IDbConnection connection) => JobLine.Places(connection, postponed.Ids());

    private Job? NextIn(IDbConnection connection, IReadOnlyCollection<string> waiting) => JobLine.Next(connection, waiting, options.MaxRunningPerUser, options.MaxRunningPerProject);

    private async Task<Job> ChangeAsync(string id, Func<Job, Job> verb)
    {
        Job changed = await store.Database.WriteAsync(connection =>
        {
            Job job = verb(JobTable.Get(connection, id));
            JobTable.Save(connection, job);
            return job;
        }).ConfigureAwait(false);
        Changed.Set();
        return changed;
    }

    private void CheckTerms(IDbConnection connection, JobTerms terms, string project)
    {
        if (JobLine.CountOfUser(connection, terms.AskedBy) >= options.MaxQueuedPerUser)
        {
            throw new QuotaException($"{options.MaxQueuedPerUser} jobs of yours are waiting already, the most that this server keeps. Wait for some to end, or cancel them.");
        }

        if (JobLine.CountOfProject(connection, project) >= options.MaxQueuedPerProject)
        {
            throw new QuotaException($"{options.MaxQueuedPerProject} jobs of the project are waiting already, the most that this server keeps. Wait for some to end, or cancel them.");
        }

        if (terms.After.Count > MostAfter)
        {
            throw new Learning.Data.DataException($"'after' names {terms.After.Count} jobs; a job comes after {MostAfter} at the most.");
        }

        foreach (string id in terms.After)
        {
            if (JobTable.Get(connection, id) is { Status: JobStatus.Failed or JobStatus.Cancelled } earlier)
            {
                throw new ConflictException($"Job {id}, which it is to come after, {(earlier.Status == JobStatus.Failed ? "has failed" : "was cancelled")}.");
            }
        }
    }
}
