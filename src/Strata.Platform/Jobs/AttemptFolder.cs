using System.Text.Json;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>
/// The folder through which server and worker speak, so that either may die without the other. The server writes the order and may ask to stop;
/// the worker holds the lock while it lives, appends events, leaves files and, last of all, its result.
/// </summary>
internal sealed class AttemptFolder(string path)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public string Root { get; } = path;

    /// <summary>What is to be done; once this is gone the attempt is void.</summary>
    public string OrderFile => Path.Join(Root, "attempt.json");

    /// <summary>Held by the worker for its whole life.</summary>
    public string LockFile => Path.Join(Root, "worker.lock");

    public string ProcessFile => Path.Join(Root, "worker.pid");

    public string EventsFile => Path.Join(Root, "events.jsonl");

    public string ResultFile => Path.Join(Root, "result.json");

    /// <summary>Its presence asks the worker to stop; its text says why.</summary>
    public string StopFile => Path.Join(Root, "cancel");

    /// <summary>Its presence asks the worker to end soon with what is ready.</summary>
    public string FinishFile => Path.Join(Root, "finish");

    /// <summary>What the worker process printed.</summary>
    public string ConsoleFile => Path.Join(Root, "worker.out");

    public string CheckpointFile => Path.Join(Root, "checkpoint");

    /// <summary>What parts of the work have saved, each a file.</summary>
    public string PartsFolder => FileCheckpoint.PartsFolderOf(CheckpointFile);

    public string OutputFolder => Path.Join(Root, "out");

    public void Create(AttemptOrder order)
    {
        Directory.CreateDirectory(OutputFolder);
        DurableFile.Write(OrderFile, JsonText.BytesOf(order));
    }

    public AttemptOrder ReadOrder() => JsonText.Read<AttemptOrder>(File.ReadAllBytes(OrderFile));

    /// <summary>The first reason stands, unless it was only to pause.</summary>
    public void AskToStop(StopReason reason)
    {
        if (Directory.Exists(Root) && ReadStop() is null or StopReason.Paused)
        {
            DurableFile.Write(StopFile, System.Text.Encoding.UTF8.GetBytes(JsonText.NameOf(reason)));
        }
    }

    public void AskToFinish()
    {
        if (Directory.Exists(Root) && !File.Exists(FinishFile))
        {
            DurableFile.Write(FinishFile, []);
        }
    }

    public StopReason? ReadStop() => File.Exists(StopFile) ? JsonText.EnumOf<StopReason>(File.ReadAllText(StopFile)) : null;

    public void WriteResult(WorkerResult result) => DurableFile.Write(ResultFile, JsonText.BytesOf(result));

    /// <summary>The result, or null when there is none that can be read.</summary>
    public WorkerResult? ReadResult()
    {
        try
        {
            return File.Exists(ResultFile) ? JsonText.Read<WorkerResult>(File.ReadAllBytes(ResultFile)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How many bytes the worker has left on the disk; 0 where a folder is going just now.</summary>
    public long Bytes()
    {
        try
        {
            return new DirectoryInfo(Root).EnumerateFiles("*", Everything).Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The last lines that the worker process printed.</summary>
    public IReadOnlyList<string> ReadConsole(int mostLines)
    {
        const int mostBytes = 64 * 1024;
        if (!File.Exists(ConsoleFile))
        {
            return [];
        }

        using var file = new FileStream(ConsoleFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(mostBytes, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.TakeLast(mostLines).Select(line => line.TrimEnd('\r'))];
    }

    /// <summary>Removes the folder; what cannot be removed now, because somebody still writes to it, is left for the next start.</summary>
    public void Delete()
    {
        try
        {
            if (Directory.Exists(Root))
            {
                Directory.Delete(Root, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing refers to it.
        }
    }
}
