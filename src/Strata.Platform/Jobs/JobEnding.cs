using System.Text.Json.Nodes;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Ends jobs: the job's last state, its artifacts and what its kind registers are one transaction.</summary>
internal sealed class JobEnding(DataStore store, JobEvents events, TimeProvider clock)
{
    private readonly Dictionary<string, IJobFinish> finishes = new(StringComparer.Ordinal);

    /// <summary>Whether a job has ended for which others may wait in vain; at the start nobody knows.</summary>
    public bool HasOrphans { get; private set; } = true;

    public void Add(IJobFinish finish) => finishes[finish.Kind] = finish;

    /// <summary>Ends a job whose present attempt is over. An attempt that is no longer the present one changes nothing.</summary>
    public async Task<Job> EndAsync(EndedJob ended, CancellationToken cancellation)
    {
        JobFinish finish = finishes.TryGetValue(ended.Job.Kind, out IJobFinish? known)
            ? await known.PrepareAsync(ended, cancellation).ConfigureAwait(false)
            : new JobFinish(ended.Result);
        return await RecordAsync(ended, finish).ConfigureAwait(false);
    }

    /// <summary>Fails a job whose regular end is impossible, if need be without its kind's part in it.</summary>
    public async Task<Job> GiveUpAsync(Job job, string error)
    {
        var failed = new EndedJob(job, JobStatus.Failed, null, error, new Dictionary<string, Blob>());
        try
        {
            return await EndAsync(failed, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (!StorageException.IsDiskTrouble(e))
        {
            return await RecordAsync(failed, new JobFinish(null)).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what the attempts of an ended job left on the disk.</summary>
    public void ClearAttempts(string jobId)
    {
        if (store.Database.Read(connection => JobTable.Get(connection, jobId)).Status.IsEnded())
        {
            foreach (string path in Directory.EnumerateDirectories(store.AttemptsFolder, $"{jobId}-*"))
            {
                new AttemptFolder(path).Delete();
            }
        }
    }

    private async Task<Job> RecordAsync(EndedJob ended, JobFinish finish)
    {
        bool accepted = false;
        Job last = await store.Database.WriteAsync(connection =>
        {
            Job job = JobTable.Get(connection, ended.Job.Id);
            accepted = !job.Status.IsEnded() && job.Attempt == ended.Job.Attempt;
            if (!accepted)
            {
                return job;
            }

            job = Ended(job, ended, finish.Result);
            JobTable.Save(connection, job);
            Uses.End(connection, job.Id);
            foreach ((string name, Blob file) in ended.Files.Where(file => finish.Keeps(file.Key)))
            {
                Artifact.Add(connection, job.Owner, new Artifact(name, file.Hash, file.Bytes));
            }

            finish.Write?.Invoke(connection);
            return job;
        }).ConfigureAwait(false);
        if (accepted)
        {
            HasOrphans |= last.Status != JobStatus.Completed;
            events.Status(last);
            JobTrace.Ended(last);
        }

        return last;
    }

    /// <summary>Ends a job without a worker that somebody asked to stop; one that has been started meanwhile is left to its runner.</summary>
    /// <param name="job">As it was last seen.</param>
    /// <param name="reason">Why, where no person wanted it.</param>
    public async Task EndWaitingAsync(Job job, string? reason = null)
    {
        if (store.Database.Read(connection => JobTable.Get(connection, job.Id)).Status.IsWaiting())
        {
            await EndAsync(new EndedJob(job, JobStatus.Cancelled, null, reason, new Dictionary<string, Blob>()), CancellationToken.None).ConfigureAwait(false);
        }

        ClearAttempts(job.Id);
        await store.SweepAsync(job.Inputs.Values).ConfigureAwait(false);
    }

    /// <summary>Cancels the jobs that wait for one that has failed or was cancelled, and those that wait for these.</summary>
    public async Task EndOrphansAsync()
    {
        HasOrphans = false;
        try
        {
            while (store.Database.Read(JobLine.Orphans) is { Count: > 0 } orphans)
            {
                foreach ((string id, string after) in orphans)
                {
                    (Job job, Job earlier) = store.Database.Read(connection => (JobTable.Get(connection, id), JobTable.Get(connection, after)));
                    await EndWaitingAsync(job, $"It was to come after job {after}, which {(earlier.Status == JobStatus.Failed ? "failed" : "was cancelled")}.").ConfigureAwait(false);
                }
            }
        }
        catch
        {
            HasOrphans = true;
            throw;
        }
    }

    private Job Ended(Job job, EndedJob ended, JsonNode? result)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return ended.Status switch
        {
            JobStatus.Completed => job.Complete(result, now),
            JobStatus.Failed => job.Fail(ended.Error ?? "It failed for an unknown reason.", now),
            JobStatus.Cancelled => job.Cancel(now, ended.Error),
            _ => throw new ArgumentException($"{ended.Status} is not an end.", nameof(ended)),
        };
    }
}
