using System.Text.Json.Nodes;

namespace Strata.Platform.Jobs;

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

    /// <summary>The disk was full or refused; what was saved before is whole, and the work can be tried again.</summary>
    DiskTrouble,

    /// <summary>It was asked to stop through its folder.</summary>
    Stopped,

    /// <summary>The system asked it to end; the work can be taken up again.</summary>
    Interrupted,
}
