using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>A named, versioned definition of features over the rows of a dataset, and what is known of its values.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Versions share it within a project.</param>
/// <param name="Version">From 1 within the name.</param>
/// <param name="Project">The source's project.</param>
/// <param name="DatasetId">The dataset that it was defined on.</param>
/// <param name="Entities">The columns that say whom a row is about.</param>
/// <param name="TimeColumn">When the row's event happened.</param>
/// <param name="AvailableColumn">When a row became known; null when events are known as they happen.</param>
/// <param name="TtlSeconds">How long after its latest event a value still counts; null for ever.</param>
/// <param name="Features">What is made of each entity's rows.</param>
/// <param name="Description">For people.</param>
/// <param name="Tags">For finding it again.</param>
/// <param name="Owner">Who defined it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Values">Its materialised values; null before there are any.</param>
public sealed record FeatureGroupView(
    string Id,
    string Name,
    int Version,
    string Project,
    string DatasetId,
    IReadOnlyList<string> Entities,
    string TimeColumn,
    string? AvailableColumn,
    double? TtlSeconds,
    IReadOnlyList<FeatureDefinition> Features,
    string? Description,
    IReadOnlyDictionary<string, string> Tags,
    string Owner,
    DateTimeOffset CreatedAt,
    FeatureValues? Values);

/// <summary>One feature of a group.</summary>
/// <param name="Name">What it is called in joined tables.</param>
/// <param name="Column">The source's column.</param>
/// <param name="Aggregate">Null for the column as it is at the latest event.</param>
/// <param name="WindowSeconds">How far back from the latest event an aggregate reaches; null for all time.</param>
public sealed record FeatureDefinition(string Name, string Column, FeatureAggregate? Aggregate, double? WindowSeconds);

/// <summary>What is made of the values of a window.</summary>
public enum FeatureAggregate
{
    Last,
    Mean,
    Sum,
    Min,
    Max,
    Count,
    Std,
}

/// <summary>Materialised values.</summary>
/// <param name="DatasetId">Whose rows they were made of.</param>
/// <param name="Rows">One for each moment at which something became known of an entity.</param>
/// <param name="Entities">Of how many entities.</param>
/// <param name="At">When they were made.</param>
/// <param name="JobId">By which job.</param>
public sealed record FeatureValues(string DatasetId, long Rows, long Entities, DateTimeOffset At, string JobId);

/// <summary>What is known of one entity.</summary>
/// <param name="FeatureGroupId">The group.</param>
/// <param name="Version">Its version.</param>
/// <param name="EventTime">When the entity's latest event was; null when nothing is known, or nothing that still counts.</param>
/// <param name="KnownFrom">Since when that has been known.</param>
/// <param name="Values">Each feature: a number, a boolean or a text; null where it is missing.</param>
public sealed record LatestFeatures(string FeatureGroupId, int Version, DateTimeOffset? EventTime, DateTimeOffset? KnownFrom, IReadOnlyDictionary<string, JsonElement?> Values);
