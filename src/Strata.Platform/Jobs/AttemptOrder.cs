using System.Text.Json.Nodes;

namespace Strata.Platform.Jobs;

/// <summary>What a worker is told.</summary>
internal sealed record AttemptOrder(string JobId, int Attempt, string Kind, JsonObject Payload, IReadOnlyDictionary<string, AttemptInput> Inputs, int Threads)
{
    /// <summary>How long earlier attempts have worked.</summary>
    public TimeSpan Worked { get; init; }

    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>A file that the worker reads: where, relative to the attempt's folder, and the SHA-256 that its bytes must give.</summary>
internal sealed record AttemptInput(string Path, string Hash);
