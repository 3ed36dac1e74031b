using System.Collections.Concurrent;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Starts a worker for each queued job as places become free, and looks after every worker until its job is settled.</summary>
internal sealed class JobRunner(DataStore store, JobQueue queue, PlatformOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> watches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    /// <summary>Takes up what an earlier server left, then runs until disposed.</summary>
    public async Task StartAsync()
    {
        IReadOnlyList<string> left = store.Database.Read(JobTable.WithWorker);
        foreach (string id in left)
        {
            Job job = queue.Get(id);
            AttemptFolder folder = FolderOf(job);
            Watch(job, folder, () => WorkerProcess.Adopt(folder));
        }

        ClearAttempts();
        try
        {
            await store.SweepAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (StorageException.IsDiskTrouble(e))
        {
            options.OnTrouble?.Invoke(e);
        }

        loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        await Task.WhenAll(watches.Values).ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await EndCancelledAsync().ConfigureAwait(false);
                while (options.WorkerProgram is not null && watches.Count < options.MaxConcurrentJobs && await queue.ClaimAsync().ConfigureAwait(false) is Job job)
                {
                    Start(job, options.WorkerProgram);
                }

                await queue.Changed.WaitAsync(options.PollInterval, stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What is stored stands, and the next round tries again.
                await ReportAndPauseAsync(e).ConfigureAwait(false);
            }
        }
    }

    private async Task EndCancelledAsync()
    {
        foreach (string id in store.Database.Read(JobTable.WaitingToCancel))
        {
            await queue.Ending.EndWaitingAsync(queue.Get(id)).ConfigureAwait(false);
        }

        if (queue.Ending.HasOrphans)
        {
            await queue.Ending.EndOrphansAsync().ConfigureAwait(false);
        }
    }

    private void Start(Job job, WorkerProgram program)
    {
        queue.Events.Status(job);
        AttemptFolder folder = FolderOf(job);
        Watch(job, folder, () =>
        {
            folder.Create(new AttemptOrder(job.Id, job.Attempt, job.Kind, job.Payload, InputsOf(job, folder), options.ThreadsPerJob) { CheckpointEvery = options.CheckpointEvery, Worked = job.Worked });
            TakeOverCheckpoint(job, folder);
            return WorkerProcess.Start(program, folder, options.WorkerMemoryBytes);
        });
    }

    private void Watch(Job job, AttemptFolder folder, Func<WorkerProcess> open) =>
        watches[job.AttemptId] = Task.Run(async () =>
        {
            await WatchAsync(job, folder, open).ConfigureAwait(false);
            Clear(job);
            watches.TryRemove(job.AttemptId, out _);
            queue.Changed.Set();
        });

    /// <summary>What cannot be removed now goes when the next server starts.</summary>
    private void Clear(Job job)
    {
        try
        {
            if (!stop.IsCancellationRequested)
            {
                queue.Ending.ClearAttempts(job.Id);
            }
        }
        catch (Exception e)
        {
            options.OnTrouble?.Invoke(e);
        }
    }

    /// <summary>Trouble with the disk is waited for as long as it lasts; anything else unexpected ends the job, so that none runs for ever.</summary>
    private async Task WatchAsync(Job job, AttemptFolder folder, Func<WorkerProcess> open)
    {
        WorkerProcess? worker = null;
        AttemptWatch? watch = null;
        Exception? defect = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (defect is not null)
                {
                    worker?.Kill();
                    await queue.Ending.GiveUpAsync(job, $"It could not be run: {defect.Message}").ConfigureAwait(false);
                    break;
                }

                worker ??= open();
                watch ??= new AttemptWatch(store, queue, options, clock, job, folder, worker);
                await watch.RunAsync(stop.Token).ConfigureAwait(false);
                break;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The worker goes on; the next server adopts it.
            }
            catch (Exception e)
            {
                defect = StorageException.IsDiskTrouble(e) ? defect : e;
                await ReportAndPauseAsync(e).ConfigureAwait(false);
            }
        }

        worker?.Dispose();
    }

    /// <summary>The new attempt goes on from what the one before saved, whose folder is then done with.</summary>
    private void TakeOverCheckpoint(Job job, AttemptFolder folder)
    {
        IEnumerable<AttemptFolder> earlier = Enumerable.Range(1, job.Attempt - 1).Select(number => new AttemptFolder(Path.Join(store.AttemptsFolder, $"{job.Id}-{number}")));
        foreach (AttemptFolder before in earlier)
        {
            if (File.Exists(before.CheckpointFile))
            {
                DurableFile.Write(folder.CheckpointFile, File.ReadAllBytes(before.CheckpointFile));
            }

            if (Directory.Exists(before.PartsFolder))
            {
                Directory.Move(before.PartsFolder, folder.PartsFolder);
            }

            before.Delete();
        }
    }

    private Dictionary<string, AttemptInput> InputsOf(Job job, AttemptFolder folder) => job.Inputs.ToDictionary(
        input => input.Key,
        input => new AttemptInput(Path.GetRelativePath(folder.Root, store.Blobs.PathOf(input.Value)), input.Value));

    /// <summary>Removes the attempts of ended jobs, which a server that died at the wrong moment has left; a worker that still lives in one is ended.</summary>
    private void ClearAttempts()
    {
        foreach (string path in Directory.EnumerateDirectories(store.AttemptsFolder))
        {
            string jobId = Path.GetFileName(path).Split('-')[0];
            if (store.Database.Read(connection => JobTable.Find(connection, jobId)) is not { } job || job.Status.IsEnded())
            {
                var folder = new AttemptFolder(path);
                using (WorkerProcess worker = WorkerProcess.Adopt(folder))
                {
                    worker.Kill();
                }

                folder.Delete();
            }
        }
    }

    private AttemptFolder FolderOf(Job job) => new(Path.Join(store.AttemptsFolder, job.AttemptId));

    private async Task ReportAndPauseAsync(Exception trouble)
    {
        options.OnTrouble?.Invoke(trouble);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the caller looks at the token.
        }
    }
}
