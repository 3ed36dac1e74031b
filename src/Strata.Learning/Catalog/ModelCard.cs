using System.Text.Json.Nodes;

namespace Strata.Learning.Catalog;

/// <summary>What a model file says about its model beside the model itself. It holds no time and no path, so that the same training gives the same bytes.</summary>
public sealed record ModelCard
{
    /// <summary>A short name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What it was made for, on which data, under which licence.</summary>
    public string? Description { get; init; }

    /// <summary>The other program that trained it, with its version and objective; null for a model that was trained here.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>The program's version that trained it.</summary>
    public string? StrataVersion { get; init; }

    /// <summary>The solution's preset that made the table ready, such as <c>exoplanets.kepler</c>; null for none.</summary>
    public string? Preset { get; init; }

    /// <summary>The plan it was trained by.</summary>
    public JsonObject? Plan { get; init; }

    /// <summary>How rows were split for testing, in words.</summary>
    public string? Split { get; init; }

    public int TrainingRows { get; init; }

    public int TestRows { get; init; }

    /// <summary>Metrics on rows that it did not learn from, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Anything a user of the model should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
