using System.Data;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>All jobs: what waits, what runs, what has come of the rest.</summary>
public sealed class JobQueue
{
    private const int MostReplayedPoints = 1000;
    private const int MostReplayedLines = 10_000;

    private readonly DataStore store;
    private readonly TimeSpan timeLimit;
    private readonly TimeProvider clock;

    internal JobQueue(DataStore store, TimeSpan timeLimit, TimeProvider clock)
    {
        (this.store, this.timeLimit, this.clock) = (store, timeLimit, clock);
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
        string id = NewId.Next();
        JobTable.Insert(connection, new Job
        {
            Id = id,
            Project = request.Project,
            Kind = request.Kind,
            Payload = request.Payload,
            Inputs = request.Inputs,
            Owner = request.Owner ?? id,
            CreatedAt = clock.GetUtcNow(),
            TimeLimit = request.TimeLimit ?? timeLimit,
        });
        Uses.Add(connection, id, request.Uses);
        return id;
    }

    /// <exception cref="NotFoundException">There is no such job.</exception>
    public Job Get(string id) => store.Database.Read(connection => JobTable.Get(connection, id));

    /// <summary>The newest first, of the given projects or of all; their inputs are left out.</summary>
    public Page<Job> List(int offset = 0, int count = 100, string? kind = null, JobStatus? status = null, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => JobTable.List(connection, offset, count, kind, status, projects));

    /// <summary>The log lines after the given number.</summary>
    public IReadOnlyList<LogLine> Log(string id, long after = 0, int count = 1000)
    {
        _ = Get(id);
        return store.Database.Read(connection => JobTable.ReadLog(connection, id, after, count));
    }

    /// <summary>Asks a job to stop. A queued one is cancelled when this returns, a running one within two seconds.</summary>
    /// <exception cref="ConflictException">It has ended already.</exception>
    public async Task<Job> CancelAsync(string id)
    {
        Job asked = await store.Database.WriteAsync(connection =>
        {
            Job job = JobTable.Get(connection, id).RequestCancel();
            JobTable.Save(connection, job);
            return job;
        }).ConfigureAwait(false);
        if (asked.Status == JobStatus.Queued)
        {
            await Ending.EndQueuedAsync(asked).ConfigureAwait(false);
        }

        Changed.Set();
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
}
