using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>
/// The folder through which server and worker speak, so that either may die without the other. The server writes the order and may ask to stop;
/// the worker holds the lock while it lives, appends events, leaves files and, last of all, its result.
/// </summary>
internal sealed class AttemptFolder(string path)
{
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

    /// <summary>What the worker process printed.</summary>
    public string ConsoleFile => Path.Join(Root, "worker.out");

    public string CheckpointFile => Path.Join(Root, "checkpoint");

    public string OutputFolder => Path.Join(Root, "out");

    public void Create(AttemptOrder order)
    {
        Directory.CreateDirectory(OutputFolder);
        DurableFile.Write(OrderFile, JsonText.BytesOf(order));
    }

    public AttemptOrder ReadOrder() => JsonText.Read<AttemptOrder>(File.ReadAllBytes(OrderFile));

    public void AskToStop(StopReason reason)
    {
        if (!File.Exists(StopFile) && Directory.Exists(Root))
        {
            DurableFile.Write(StopFile, System.Text.Encoding.UTF8.GetBytes(JsonText.NameOf(reason)));
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

    public void Delete()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}

/// <summary>What a worker is told.</summary>
internal sealed record AttemptOrder(string JobId, int Attempt, string Kind, JsonObject Payload, IReadOnlyDictionary<string, AttemptInput> Inputs, int Threads);

/// <summary>A file that the worker reads: where, relative to the attempt's folder, and the SHA-256 that its bytes must give.</summary>
internal sealed record AttemptInput(string Path, string Hash);

/// <summary>How a worker ended; without one, it crashed.</summary>
internal sealed record WorkerResult(WorkerOutcome Outcome)
{
    /// <summary>What the kind returned.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string? Error { get; init; }

    /// <summary>SHA-256 of each file it leaves, by path relative to the output folder.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a worker ended by itself.</summary>
internal enum WorkerOutcome
{
    Completed,
    Failed,
    OutOfMemory,

    /// <summary>It was asked to stop through its folder.</summary>
    Stopped,

    /// <summary>The system asked it to end; the work can be taken up again.</summary>
    Interrupted,
}

/// <summary>Why the server asks a worker to stop.</summary>
internal enum StopReason
{
    /// <summary>A person wants it.</summary>
    Cancelled,

    TimeLimit,

    /// <summary>It gives no sign of life.</summary>
    NoHeartbeat,

    /// <summary>It lives but gets nowhere.</summary>
    NoProgress,

    /// <summary>Its attempt no longer counts.</summary>
    Abandoned,
}
