using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Server.Mlflow;

/// <summary>What is asked of one run; it is named by its id, by old programs under the field's old name.</summary>
internal sealed record RunRequest
{
    public string? RunId { get; init; }

    public string? RunUuid { get; init; }

    public string? ExperimentId { get; init; }

    public string? UserId { get; init; }

    public string? RunName { get; init; }

    public long? StartTime { get; init; }

    public long? EndTime { get; init; }

    public MlflowRunStatus? Status { get; init; }

    public IReadOnlyList<WireTag>? Tags { get; init; }

    public string? Key { get; init; }

    /// <summary>A metric's number, or a text.</summary>
    public JsonNode? Value { get; init; }

    public long? Timestamp { get; init; }

    public long? Step { get; init; }

    public string? ModelJson { get; init; }

    public string? Path { get; init; }

    public string? PageToken { get; init; }

    [JsonIgnore]
    public string Id => (RunId is { Length: > 0 } ? RunId : RunUuid).Required("run_id");

    /// <summary>The value as a text.</summary>
    [JsonIgnore]
    public string Text => Value switch
    {
        null => string.Empty,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => throw new DataException("Invalid value for parameter 'value'; expected text."),
    };

    /// <summary>The value as a number.</summary>
    [JsonIgnore]
    public double Metric
    {
        get
        {
            try
            {
                return Value is null ? throw new DataException("Missing value for required parameter 'value'.") : Value.Deserialize<double>(MlflowJson.Options);
            }
            catch (JsonException)
            {
                throw new DataException($"Invalid value {Value!.ToJsonString()} for parameter 'value'; expected a number, \"NaN\", \"Infinity\" or \"-Infinity\".");
            }
        }
    }
}

internal sealed record RunSearch
{
    public IReadOnlyList<string>? ExperimentIds { get; init; }

    public string? Filter { get; init; }

    public MlflowViewType? RunViewType { get; init; }

    public long? MaxResults { get; init; }

    public IReadOnlyList<string>? OrderBy { get; init; }

    public string? PageToken { get; init; }
}

/// <summary>Several things noted of a run at once.</summary>
internal sealed record RunBatch
{
    public string? RunId { get; init; }

    public IReadOnlyList<WireMetric>? Metrics { get; init; }

    public IReadOnlyList<WireTag>? Params { get; init; }

    public IReadOnlyList<WireTag>? Tags { get; init; }

    public IReadOnlyList<WireDatasetInput>? Datasets { get; init; }

    public IReadOnlyList<WireModelOutput>? Models { get; init; }
}

internal sealed record WireMetric
{
    public string? Key { get; init; }

    public double? Value { get; init; }

    public long? Timestamp { get; init; }

    public long? Step { get; init; }

    public string? RunId { get; init; }
}

internal sealed record WireDatasetInput
{
    public IReadOnlyList<WireTag>? Tags { get; init; }

    public WireDataset? Dataset { get; init; }
}

internal sealed record WireDataset
{
    public string? Name { get; init; }

    public string? Digest { get; init; }

    public string? SourceType { get; init; }

    public string? Source { get; init; }

    public string? Schema { get; init; }

    public string? Profile { get; init; }
}

internal sealed record WireModelOutput
{
    public string? ModelId { get; init; }

    public long? Step { get; init; }
}
