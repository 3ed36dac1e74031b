using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Jobs;

/// <summary>The other side of a job: a process that works on one attempt and speaks to nobody but the attempt's folder.</summary>
public static class Worker
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed; the result says why.</summary>
    public const int Failed = 1;

    /// <summary>There is nothing to do: another worker has the attempt, or it no longer counts.</summary>
    public const int NothingToDo = 3;

    /// <summary>The system asked the process to end; the work can be taken up again (EX_TEMPFAIL).</summary>
    public const int Interrupted = 75;

    /// <summary>It was asked to stop, and did.</summary>
    public const int Stopped = 130;

    /// <summary>EIO: the disk itself failed.</summary>
    private const int InputOutputError = 5;

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(5);

    /// <summary>Works on the attempt in the folder and returns the process's exit code.</summary>
    /// <param name="attemptFolder">Absolute path.</param>
    /// <param name="kinds">The kinds that this program knows.</param>
    /// <param name="clock">The time of events.</param>
    /// <param name="cancellation">Ends the work so that it is taken up again later; SIGTERM does the same, after a checkpoint where one comes within a few seconds.</param>
    public static async Task<int> RunAsync(string attemptFolder, JobKinds kinds, TimeProvider clock, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(clock);
        if (!OperatingSystem.IsWindows())
        {
            // Its own session: the terminal's Ctrl-C is for the server, and the server can end the worker with all that it started.
            _ = Libc.Setsid();
        }

        var folder = new AttemptFolder(Path.GetFullPath(attemptFolder));
        if (!Directory.Exists(folder.Root))
        {
            return NothingToDo;
        }

        using FolderLock? held = await TakeLockAsync(folder, clock, cancellation).ConfigureAwait(false);
        if (held is null || File.Exists(folder.StopFile) || File.Exists(folder.ResultFile) || !File.Exists(folder.OrderFile))
        {
            return NothingToDo;
        }

        await File.WriteAllTextAsync(folder.ProcessFile, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation).ConfigureAwait(false);
        var checkpoint = new FileCheckpoint(folder.CheckpointFile);
        using var stop = new WorkStop(checkpoint, cancellation);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.AfterCheckpoint();
        });
        using var events = new EventWriter(folder.EventsFile, clock);
        WorkerResult result;
        using (var pulse = new Pulse(folder, events, stop))
        {
            result = await WorkAsync(folder, kinds, checkpoint, events, clock, pulse, stop).ConfigureAwait(false);
        }

        events.Beat();
        folder.WriteResult(result);
        return result.Outcome switch
        {
            WorkerOutcome.Completed => Done,
            WorkerOutcome.Stopped => Stopped,
            WorkerOutcome.Interrupted => Interrupted,
            _ => Failed,
        };
    }

    private static async Task<WorkerResult> WorkAsync(
        AttemptFolder folder, JobKinds kinds, FileCheckpoint checkpoint, EventWriter events, TimeProvider clock, Pulse pulse, WorkStop stop)
    {
        try
        {
            AttemptOrder order = folder.ReadOrder();
            var work = new JobWork(folder, order, checkpoint, events, clock) { Enough = stop.Enough };
            JsonNode? result = await Task.Run(() => kinds[order.Kind].RunAsync(work, stop.Token), stop.Token).ConfigureAwait(false);
            return new WorkerResult(WorkerOutcome.Completed) { Result = result, Files = SyncFiles(folder.OutputFolder) };
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var only])
        {
            return Failure(only, pulse, events, stop.Token);
        }
        catch (Exception e)
        {
            return Failure(e, pulse, events, stop.Token);
        }
    }

    private static WorkerResult Failure(Exception error, Pulse pulse, EventWriter events, CancellationToken stop)
    {
        switch (error)
        {
            case OperationCanceledException when stop.IsCancellationRequested:
                return new WorkerResult(pulse.IsAskedToStop ? WorkerOutcome.Stopped : WorkerOutcome.Interrupted);
            case OutOfMemoryException:
                return new WorkerResult(WorkerOutcome.OutOfMemory);
            case IOException { HResult: InputOutputError }:
            case var _ when StorageException.IsDiskTrouble(error):
                return new WorkerResult(WorkerOutcome.DiskTrouble) { Error = error.Message };
            case DataException or StorageException or ModelFileException or SourceException:
                return new WorkerResult(WorkerOutcome.Failed) { Error = error.Message };
            default:
                // A defect would only repeat itself: its trace goes to the log, and nobody tries again.
                events.Log(error.ToString());
                return new WorkerResult(WorkerOutcome.Failed) { Error = $"{error.GetType().Name}: {error.Message}" };
        }
    }

    /// <summary>Puts every left file on the disk before the result that speaks of them.</summary>
    private static Dictionary<string, string> SyncFiles(string folder)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            DurableFile.Sync(file.SafeFileHandle, path);
            hashes[Path.GetRelativePath(folder, path).Replace('\\', '/')] = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            DurableFile.SyncFolder(inner);
        }

        return hashes;
    }

    /// <summary>A server that looks whether the attempt lives holds the lock for a blink, so this tries for a while.</summary>
    private static async Task<FolderLock?> TakeLockAsync(AttemptFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        long started = clock.GetTimestamp();
        do
        {
            if (FolderLock.TryTake(folder.LockFile) is FolderLock held)
            {
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellation).ConfigureAwait(false);
        }
        while (clock.GetElapsedTime(started) < LockWait);
        return null;
    }
}
