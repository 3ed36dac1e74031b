namespace Strata.Client.Contracts;

/// <summary>A stored model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; versions share it.</param>
/// <param name="Version">1 for the first of that name.</param>
/// <param name="Algorithm">The algorithm that made it.</param>
/// <param name="Task">The kind of prediction.</param>
/// <param name="Target">The predicted column.</param>
/// <param name="Classes">Class names in code order; empty for regression.</param>
/// <param name="Features">The columns it wants.</param>
/// <param name="Metrics">Metrics of its test rows; null where one is undefined.</param>
/// <param name="RunId">The run that trained it, or null.</param>
/// <param name="Origin">How it came here.</param>
/// <param name="Preset">The preset it was trained with, or null.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Bytes">The size of its file.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
public sealed record ModelView(
    string Id,
    string Name,
    int Version,
    string Algorithm,
    LearningTask Task,
    string Target,
    IReadOnlyList<string> Classes,
    IReadOnlyList<FeatureView> Features,
    IReadOnlyDictionary<string, double?> Metrics,
    string? RunId,
    ModelOrigin Origin,
    string? Preset,
    DateTimeOffset CreatedAt,
    long Bytes,
    string Project = "default");

/// <summary>A column that a model wants.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Levels">The levels of a category, else null.</param>
public sealed record FeatureView(string Name, ColumnType Type, IReadOnlyList<string>? Levels);

/// <summary>How a model came here: trained by a run, shipped with the program, or brought as a file.</summary>
public enum ModelOrigin
{
    Trained,
    Pretrained,
    Imported,
}
