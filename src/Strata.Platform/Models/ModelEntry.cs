using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>What is stored with a model file.</summary>
/// <param name="Name">Versions count within it.</param>
public sealed record ModelEntry(string Name)
{
    public ModelOrigin Origin { get; init; } = ModelOrigin.Imported;

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The project that it belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    public string? RunId { get; init; }

    public string? Preset { get; init; }
}
