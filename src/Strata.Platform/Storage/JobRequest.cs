using System.Data;
using System.Text.Json.Nodes;

namespace Strata.Platform.Storage;

/// <summary>Work that a room hands over. The rooms before <c>Jobs</c> know only this, so that a thing and the job that makes it are stored together or not at all.</summary>
/// <param name="Kind">Name of the job kind.</param>
/// <param name="Payload">What the kind needs to know.</param>
public sealed record JobRequest(string Kind, JsonObject Payload)
{
    /// <summary>Blobs that the worker reads: the name it knows them by, and their hash.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Things that may not be deleted while the job lives, such as <c>dataset/ID</c>.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>The project that the job belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>Under whose id metrics and artifacts are filed: a run's, or null for the job's own.</summary>
    public string? Owner { get; init; }

    /// <summary>When the job is stopped, or null for the platform's setting.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Who asks, and when its turn comes.</summary>
    public JobTerms Terms { get; init; } = new();
}

/// <summary>Queues a job inside the caller's transaction and returns its id.</summary>
public delegate string EnqueueJob(IDbConnection connection, JobRequest request);
