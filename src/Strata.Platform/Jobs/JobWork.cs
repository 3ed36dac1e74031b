using System.Text.Json.Nodes;
using Strata.Learning;

namespace Strata.Platform.Jobs;

/// <summary>What a kind gets for one attempt of a job, inside the worker process.</summary>
public sealed class JobWork
{
    public required string JobId { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    public required JsonObject Payload { get; init; }

    /// <summary>Every file that is left here when the work completes is kept.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>How many threads the work may use.</summary>
    public required int Threads { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Survives a crash of the worker: the next attempt finds the last one saved.</summary>
    public required ICheckpointStore Checkpoints { get; init; }
}
