using System.Globalization;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Decides what has become of a job whose worker is gone: done, failed, cancelled, or to be tried again.</summary>
internal sealed class AttemptSettlement(DataStore store, JobQueue queue, PlatformOptions options, TimeProvider clock, AttemptFolder folder)
{
    private const int MostConsoleLines = 100;
    private const string LessMemory = "Use fewer rows or columns, or raise the setting.";

    private bool isConsoleLogged;

    /// <summary>May be called again when the disk refused something.</summary>
    public async Task SettleAsync(Job job, int? exitCode, CancellationToken cancellation)
    {
        WorkerResult? result = folder.ReadResult();
        StopReason? stop = folder.ReadStop();
        IReadOnlyList<string> console = folder.ReadConsole(MostConsoleLines);
        if (!isConsoleLogged)
        {
            await LogAsync(job, console).ConfigureAwait(false);
            isConsoleLogged = true;
        }

        job = queue.Get(job.Id);
        if (result is { Outcome: WorkerOutcome.Completed })
        {
            await CompleteAsync(job, result, cancellation).ConfigureAwait(false);
        }
        else if (job.IsCancelRequested)
        {
            await EndAsync(job, JobStatus.Cancelled, null, cancellation).ConfigureAwait(false);
        }
        else if (Failure(job, result, stop, exitCode, console) is string error)
        {
            await EndAsync(job, JobStatus.Failed, error, cancellation).ConfigureAwait(false);
        }
        else if (stop == StopReason.Paused && result?.Outcome != WorkerOutcome.DiskTrouble)
        {
            await PutAsideAsync(job).ConfigureAwait(false);
        }
        else
        {
            await TryAgainAsync(job, result, stop, exitCode, console, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Why the job failed for good, or null when its worker was struck by something from outside.</summary>
    private string? Failure(Job job, WorkerResult? result, StopReason? stop, int? exitCode, IReadOnlyList<string> console)
    {
        switch (stop)
        {
            case StopReason.TimeLimit:
                return $"It was stopped at its time limit of {job.TimeLimit}.";
            case StopReason.NoProgress:
                return $"It was stopped because it had not got any further for {options.ProgressTimeout}.";
            case StopReason.OutOfMemory:
                return $"It ran out of memory: its worker held more than {MiB(options.ResidentBytes)}, the most that one may. {LessMemory}";
            case StopReason.DiskLimit:
                return $"It was stopped because it had left more than {MiB(options.WorkerDiskBytes)} on the disk, the most that a worker may.";
        }

        return result?.Outcome switch
        {
            WorkerOutcome.Failed => result.Error,
            WorkerOutcome.OutOfMemory => OutOfMemory,
            null when exitCode is 134 && console.Any(line => line.Contains("out of memory", StringComparison.OrdinalIgnoreCase)) => OutOfMemory,
            _ => null,
        };
    }

    private string OutOfMemory => $"It ran out of memory: a worker may use {MiB(options.WorkerMemoryBytes)}. {LessMemory}";

    private static string MiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB");

    private async Task CompleteAsync(Job job, WorkerResult result, CancellationToken cancellation)
    {
        var files = new Dictionary<string, Blob>(StringComparer.Ordinal);
        try
        {
            string? damaged = await StoreFilesAsync(result, files, cancellation).ConfigureAwait(false);
            if (damaged is not null)
            {
                await TryAgainAsync(job, null, null, null, [damaged], cancellation).ConfigureAwait(false);
                return;
            }

            await queue.Ending.EndAsync(new EndedJob(job, JobStatus.Completed, result.Result, null, files), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException && !StorageException.IsDiskTrouble(e))
        {
            await EndAsync(job, JobStatus.Failed, $"Its result could not be registered: {e.Message}", cancellation).ConfigureAwait(false);
        }
        finally
        {
            foreach (Blob file in files.Values)
            {
                file.Dispose();
            }
        }

        await store.SweepAsync([.. files.Values.Select(file => file.Hash), .. job.Inputs.Values]).ConfigureAwait(false);
    }

    /// <summary>Copies the worker's files into the blob store; says which one does not have the bytes that the worker wrote.</summary>
    private async Task<string?> StoreFilesAsync(WorkerResult result, Dictionary<string, Blob> files, CancellationToken cancellation)
    {
        foreach ((string name, string hash) in result.Files)
        {
            string path = Path.GetFullPath(Path.Join(folder.OutputFolder, name));
            if (!path.StartsWith(folder.OutputFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
            {
                return $"The worker's file '{name}' is missing.";
            }

            files[name] = await store.Blobs.WriteFileAsync(path, cancellation).ConfigureAwait(false);
            if (files[name].Hash != hash)
            {
                return $"The worker's file '{name}' was damaged on the disk.";
            }
        }

        return null;
    }

    private async Task EndAsync(Job job, JobStatus status, string? error, CancellationToken cancellation)
    {
        await queue.Ending.EndAsync(new EndedJob(job, status, null, error, new Dictionary<string, Blob>()), cancellation).ConfigureAwait(false);
        await store.SweepAsync(job.Inputs.Values).ConfigureAwait(false);
    }

    /// <summary>Somebody wants the job to wait, or wanted it to and has thought better of it meanwhile.</summary>
    private Task PutAsideAsync(Job job)
    {
        string from = File.Exists(folder.CheckpointFile) ? "from its last checkpoint" : "from the beginning, since it had saved nothing";
        return RetryAsync(job, TimeSpan.Zero, isCrash: false, again => again.Status == JobStatus.Paused ? $"Paused. It will go on {from}." : $"Resumed before it had paused: it goes on {from}.");
    }

    private async Task TryAgainAsync(Job job, WorkerResult? result, StopReason? stop, int? exitCode, IReadOnlyList<string> console, CancellationToken cancellation)
    {
        bool isInterrupted = result?.Outcome == WorkerOutcome.Interrupted;
        string what = result?.Outcome switch
        {
            WorkerOutcome.Interrupted => "The worker was asked to end by the system.",
            WorkerOutcome.DiskTrouble => $"The disk refused: {result.Error}",
            _ => Describe(stop, exitCode, console),
        };
        if (!isInterrupted && job.Crashes + 1 >= options.MaxAttempts)
        {
            await EndAsync(job, JobStatus.Failed, $"{what} It was tried {options.MaxAttempts} times.", cancellation).ConfigureAwait(false);
            return;
        }

        TimeSpan delay = isInterrupted ? TimeSpan.Zero : options.RetryDelay * Math.Pow(2, job.Crashes);
        await RetryAsync(job, delay, !isInterrupted, again => again.Status == JobStatus.Paused ? $"{what} It is paused." : $"{what} Trying again{(delay > TimeSpan.Zero ? $" in {delay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s" : string.Empty)}.").ConfigureAwait(false);
    }

    /// <summary>Another attempt follows; the line that says so is stored with it.</summary>
    private async Task RetryAsync(Job job, TimeSpan delay, bool isCrash, Func<Job, string> sentence)
    {
        queue.Postpone(job.Id, delay);
        DateTimeOffset now = clock.GetUtcNow();
        (Job again, IReadOnlyList<LogLine> lines) = await store.Database.WriteAsync(connection =>
        {
            Job retried = JobTable.Get(connection, job.Id).Retry(now + delay, isCrash);
            JobTable.Save(connection, retried);
            return (retried, JobTable.AppendLog(connection, job.Id, [(now, sentence(retried))]));
        }).ConfigureAwait(false);
        Publish(job, lines);
        queue.Events.Status(again);
    }

    private string Describe(StopReason? stop, int? exitCode, IReadOnlyList<string> console)
    {
        string how = stop == StopReason.NoHeartbeat ? $"The worker gave no sign of life for {options.HeartbeatTimeout.TotalSeconds:0.#} s and was killed."
            : exitCode switch
            {
                null => "The worker is gone and left no result.",
                137 => "The worker was killed (signal 9), perhaps because the machine ran out of memory.",
                > 128 and < 160 => $"The worker crashed (signal {exitCode - 128}).",
                _ => $"The worker ended with exit code {exitCode} and no result.",
            };
        return console.Count == 0 ? how : $"{how} Its last words: {string.Join(" | ", console.TakeLast(3))}";
    }

    private async Task LogAsync(Job job, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<LogLine> numbered = await store.Database.WriteAsync(connection => JobTable.AppendLog(connection, job.Id, [.. lines.Select(line => (now, line))])).ConfigureAwait(false);
        Publish(job, numbered);
    }

    private void Publish(Job job, IReadOnlyList<LogLine> lines) => queue.Events.Publish(job.Id, [.. lines.Select(line => new JobEvent(0, job.Id, "log", Line: line))]);
}
