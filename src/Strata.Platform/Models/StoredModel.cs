using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>How a model came here.</summary>
public enum ModelOrigin
{
    /// <summary>A run of this platform.</summary>
    Trained,

    /// <summary>Shipped with Strata.</summary>
    Pretrained,

    /// <summary>A model file from elsewhere.</summary>
    Imported,
}

/// <summary>A stored model file and what it says of itself.</summary>
public sealed record StoredModel
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>From 1 within the name of the project.</summary>
    public required int Version { get; init; }

    public required ModelOrigin Origin { get; init; }

    public required string Algorithm { get; init; }

    public required LearningTask Task { get; init; }

    public required string Target { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required IReadOnlyList<SchemaColumn> Features { get; init; }

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    public string? RunId { get; init; }

    /// <summary>The solution's preset that it was trained with.</summary>
    public string? Preset { get; init; }

    /// <summary>SHA-256 of the model file.</summary>
    public required string Hash { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
