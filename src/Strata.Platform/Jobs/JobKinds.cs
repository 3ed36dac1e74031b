using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Platform.Jobs;

/// <summary>The one table of job kinds that a program knows.</summary>
public sealed class JobKinds(params IEnumerable<IJobKind> kinds)
{
    private readonly Dictionary<string, IJobKind> byName = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => byName.Keys;

    public bool Contains(string name) => byName.ContainsKey(name);

    /// <exception cref="DataException">There is no such kind; the message lists them.</exception>
    public IJobKind this[string name] => byName.GetValueOrDefault(name)
        ?? throw new DataException($"There is no job kind '{name}'. There are: {NearNames.List([.. Names], 20)}.");

    /// <summary>A kind that is one function.</summary>
    public static IJobKind Of(string name, Func<JobWork, CancellationToken, Task<JsonNode?>> run) => new FunctionKind(name, run);

    private sealed class FunctionKind(string name, Func<JobWork, CancellationToken, Task<JsonNode?>> run) : IJobKind
    {
        public string Name => name;

        public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation) => run(work, cancellation);
    }
}
