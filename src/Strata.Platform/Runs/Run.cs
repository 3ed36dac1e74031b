using System.Text.Json.Nodes;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>
/// The record of one training. One that Strata carries out has a job, whose state it follows; one that somebody else's program reports has none. Its metrics and
/// artifacts are filed under its id.
/// </summary>
public sealed record Run
{
    /// <summary>The tag that holds the name, for programs that look for it there.</summary>
    public const string NameTag = "mlflow.runName";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that it belongs to: its dataset's.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    /// <summary>The experiment that it belongs to.</summary>
    public string ExperimentId { get; init; } = Experiment.DefaultId;

    public RunStatus Status { get; init; } = RunStatus.Scheduled;

    /// <summary>Who reported it; empty where nobody said.</summary>
    public string UserId { get; init; } = string.Empty;

    public string? DatasetId { get; init; }

    public string? DatasetName { get; init; }

    public string? Preset { get; init; }

    /// <summary>The training plan as it was asked for; null without a job.</summary>
    public JsonObject? Plan { get; init; }

    /// <summary>The job that trains; null where another program does.</summary>
    public string? JobId { get; init; }

    /// <summary>Hyperparameters and other settings by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The last point of every metric.</summary>
    public IReadOnlyList<LatestMetric> LatestMetrics { get; init; } = [];

    /// <summary>What it learned from, as far as it was said.</summary>
    public IReadOnlyList<DatasetInput> Inputs { get; init; } = [];

    /// <summary>Logged models that it gave out.</summary>
    public IReadOnlyList<ModelOutput> Outputs { get; init; } = [];

    /// <summary>The address of its artifacts.</summary>
    public string ArtifactLocation { get; init; } = string.Empty;

    /// <summary>Metrics on the test rows, empty until the run is completed; of a run without a job the last value of every metric.</summary>
    public IReadOnlyDictionary<string, double> Metrics =>
        LatestMetrics.Where(metric => metric.IsResult || JobId is null).ToDictionary(ResultName, metric => metric.Point.Value, StringComparer.Ordinal);

    public string? ModelId { get; init; }

    /// <summary>What people should know about it, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was deleted; null while it is in use.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>A result is filed under another name where a series of the training has its own.</summary>
    private string ResultName(LatestMetric metric)
    {
        string name = metric.Point.Name;
        string own = metric.IsResult && name.StartsWith(MetricPoints.TestPrefix, StringComparison.Ordinal) ? name[MetricPoints.TestPrefix.Length..] : name;
        return LatestMetrics.Any(other => !other.IsResult && other.Point.Name == own) ? own : name;
    }

    /// <exception cref="Learning.Data.DataException">It is deleted.</exception>
    internal void ThrowIfDeleted()
    {
        if (IsDeleted)
        {
            throw new Learning.Data.DataException($"The run {Id} is deleted. Restore it first.");
        }
    }
}
