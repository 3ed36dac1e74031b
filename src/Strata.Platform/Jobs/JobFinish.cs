using System.Data;
using System.Text.Json.Nodes;

namespace Strata.Platform.Jobs;

/// <summary>How an end is recorded.</summary>
/// <param name="Result">The job's result as clients see it.</param>
/// <param name="Write">Statements for the transaction that ends the job.</param>
public sealed record JobFinish(JsonNode? Result, Action<IDbConnection>? Write = null)
{
    /// <summary>Which of the worker's files become artifacts; null for all.</summary>
    public IReadOnlyCollection<string>? Artifacts { get; init; }

    internal bool Keeps(string file) => Artifacts is null || Artifacts.Contains(file);
}
