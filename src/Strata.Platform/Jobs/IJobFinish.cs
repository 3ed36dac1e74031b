using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>
/// What the server does when a job of one kind has ended: files its files, and says what is to be written in the same transaction that ends
/// the job. So a result is registered together with the job's end, or not at all, whenever the server dies.
/// </summary>
public interface IJobFinish
{
    /// <summary>Name of the job kind.</summary>
    string Kind { get; }

    /// <summary>May be called again for the same end after a crash, so it stores nothing but blobs.</summary>
    Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation);
}

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

/// <summary>How an end is recorded.</summary>
/// <param name="Result">The job's result as clients see it.</param>
/// <param name="Write">Statements for the transaction that ends the job.</param>
public sealed record JobFinish(JsonNode? Result, Action<IDbConnection>? Write = null)
{
    /// <summary>Which of the worker's files become artifacts; null for all.</summary>
    public IReadOnlyCollection<string>? Artifacts { get; init; }

    internal bool Keeps(string file) => Artifacts is null || Artifacts.Contains(file);
}
