using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>A job whose worker is gone, just before its end is recorded.</summary>
/// <param name="Job">As it was while running.</param>
/// <param name="Status">How it ends.</param>
/// <param name="Result">What the worker returned when it completed.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Files">What the worker left in its output folder when it completed, stored and held, by relative path.</param>
public sealed record EndedJob(Job Job, JobStatus Status, JsonNode? Result, string? Error, IReadOnlyDictionary<string, Blob> Files)
{
    public Blob File(string name) => Files.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"Job {Job.Id} ({Job.Kind}) completed but left no file '{name}'.");
}
