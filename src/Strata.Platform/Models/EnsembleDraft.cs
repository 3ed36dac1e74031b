using Strata.Learning;
using Strata.Platform.Datasets;
using Strata.Platform.Runs;

namespace Strata.Platform.Models;

/// <summary>Stored models that can be combined, and what they have in common.</summary>
public sealed record EnsembleDraft
{
    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    /// <summary>What they predict together, from which columns.</summary>
    public required ModelSignature Signature { get; init; }

    /// <summary>The preset that makes their rows ready.</summary>
    public string? Preset { get; init; }

    /// <summary>The group that all of them obeyed.</summary>
    public string? Group { get; init; }

    /// <summary>The time that all of them obeyed.</summary>
    public string? Time { get; init; }

    /// <summary>Members of which it is not known what they have seen.</summary>
    public IReadOnlyList<PreparationLeak> Leaks { get; init; } = [];
}
