using Strata.Platform.Datasets;
using Strata.Platform.Runs;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Runs;

/// <summary>A training in Strata's words, as a surface with other words puts it.</summary>
internal sealed record AskedRun(RunRequest Request)
{
    /// <summary>The file with the finished candidates of an earlier study; null to begin anew.</summary>
    public string? Study { get; init; }

    /// <summary>The stored models that are combined; empty to train.</summary>
    public IReadOnlyList<EnsembleMember> Members { get; init; } = [];

    /// <summary>The stored model that a small one learns to answer like; null to learn from the rows' own target.</summary>
    public EnsembleMember? Teacher { get; init; }

    /// <summary>What is known beforehand to make the model look better than it is.</summary>
    public IReadOnlyList<PreparationLeak> Leaks { get; init; } = [];

    /// <summary>What the surface keeps with the run.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What was really taken where the words differ, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is already known to be wrong; told together with what is found afterwards.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
