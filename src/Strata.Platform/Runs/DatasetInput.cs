namespace Strata.Platform.Runs;

/// <summary>A dataset as a run names it: what it was called and which version, where it came from, and in which part it served. It need not be stored here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">A short mark of its content.</param>
/// <param name="SourceType">What kind of place it came from.</param>
/// <param name="Source">The place.</param>
/// <param name="Schema">Its columns, as text; or null.</param>
/// <param name="Profile">What is known of its content, as text; or null.</param>
/// <param name="Tags">How the run used it, such as <c>mlflow.data.context</c>.</param>
public sealed record DatasetInput(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The tag that says what the dataset was for: training, testing.</summary>
    public const string ContextTag = "mlflow.data.context";
}

/// <summary>A dataset that runs of an experiment name, once for each context.</summary>
public sealed record DatasetSummary(string ExperimentId, string Name, string Digest, string? Context);
