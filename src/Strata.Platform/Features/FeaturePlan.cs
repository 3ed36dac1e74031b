using Strata.Learning.Data;
using Strata.Platform.Datasets;

namespace Strata.Platform.Features;

/// <summary>What a feature group takes from its source: the part of its definition that decides its values.</summary>
/// <param name="Entities">The columns that say whom a row is about.</param>
/// <param name="TimeColumn">When the row's event happened: a date, or a number of seconds since 1970.</param>
/// <param name="Features">What is made of each entity's rows.</param>
public sealed record FeaturePlan(IReadOnlyList<string> Entities, string TimeColumn, IReadOnlyList<FeatureDefinition> Features)
{
    /// <summary>The stored column with the moment from which on a row of values was known.</summary>
    public const string KnownColumn = "known_from";

    /// <summary>The stored column with the time of the latest event in a row of values.</summary>
    public const string EventColumn = "event_time";

    private const int MostFeatures = 1000;
    private const int MostEntities = 8;
    private const int LongestName = 200;

    /// <summary>When a row became known, where that is later than its event; null when events are known as they happen.</summary>
    public string? AvailableColumn { get; init; }

    /// <summary>How long after its latest event a value still counts; null for ever.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Whether two plans give the same values: lists are compared item by item.</summary>
    public bool IsSame(FeaturePlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Entities.SequenceEqual(other.Entities) && Features.SequenceEqual(other.Features) && (TimeColumn, AvailableColumn, Ttl) == (other.TimeColumn, other.AvailableColumn, other.Ttl);
    }

    /// <exception cref="DataException">It makes no sense with these columns; all problems at once.</exception>
    public void Check(IReadOnlyList<DatasetColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var problems = new List<string>();
        var typeOf = columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        bool Knows(string column)
        {
            if (!typeOf.ContainsKey(column))
            {
                problems.Add(DataException.NoSuchColumn(column, typeOf.Keys).Message);
            }

            return typeOf.ContainsKey(column);
        }

        CheckCounts(problems);
        foreach (string entity in Entities.Where(entity => Knows(entity) && typeOf[entity].IsArray()))
        {
            problems.Add($"The entity column '{entity}' holds arrays; expected numbers, categories or text.");
        }

        foreach (string time in new[] { TimeColumn, AvailableColumn }.OfType<string>().Where(time => Knows(time) && !IsTime(typeOf[time])))
        {
            problems.Add($"The time column '{time}' is of type {JsonName(typeOf[time])}; expected dates, or numbers of seconds since 1970.");
        }

        foreach (FeatureDefinition feature in Features.Where(feature => Knows(feature.Column)))
        {
            CheckAggregate(feature, typeOf[feature.Column], problems);
        }

        DataException.ThrowIfAny(problems);
    }

    private void CheckCounts(List<string> problems)
    {
        if (Entities.Count is 0 or > MostEntities || Entities.Distinct(StringComparer.Ordinal).Count() < Entities.Count)
        {
            problems.Add($"There are {Entities.Count} entity columns ({string.Join(", ", Entities)}); expected 1 to {MostEntities}, each once.");
        }

        if (Features.Count is 0 or > MostFeatures)
        {
            problems.Add($"There are {Features.Count} features; expected 1 to {MostFeatures}.");
        }

        problems.AddRange(Features.GroupBy(feature => feature.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"The feature '{group.Key}' stands {group.Count()} times."));
        problems.AddRange(Features.Where(feature => feature.Name.Length is 0 or > LongestName || feature.Name.Any(letter => char.IsControl(letter) || letter is ':' or '@'))
            .Select(feature => $"A feature is called '{feature.Name}'; expected 1 to {LongestName} letters without ':' and '@'."));
        problems.AddRange(Features.Where(feature => feature.Name is KnownColumn or EventColumn || Entities.Contains(feature.Name, StringComparer.Ordinal))
            .Select(feature => $"A feature is called '{feature.Name}', which is an entity column's name or one of {KnownColumn} and {EventColumn}; take another name."));
        if (Ttl <= TimeSpan.Zero)
        {
            problems.Add($"The time to live is {Ttl}; expected more than nothing.");
        }
    }

    private static void CheckAggregate(FeatureDefinition feature, ColumnType type, List<string> problems)
    {
        if (feature.Aggregate is null && feature.Window is not null)
        {
            problems.Add($"The feature '{feature.Name}' has a window and no aggregate; say which: {string.Join(", ", Enum.GetValues<FeatureAggregate>().Select(JsonName))}.");
        }

        if (feature.Window <= TimeSpan.Zero)
        {
            problems.Add($"The window of the feature '{feature.Name}' is {feature.Window}; expected more than nothing.");
        }

        if (feature.Aggregate is not (null or FeatureAggregate.Last or FeatureAggregate.Count) && !IsNumber(type))
        {
            problems.Add($"The feature '{feature.Name}' is the {JsonName(feature.Aggregate.Value)} of '{feature.Column}', which is of type {JsonName(type)}; expected numbers.");
        }
    }

    private static bool IsTime(ColumnType type) => type is ColumnType.Date or ColumnType.Int64 or ColumnType.Float64 or ColumnType.Float32;

    private static bool IsNumber(ColumnType type) => type is ColumnType.Int64 or ColumnType.Float64 or ColumnType.Float32 or ColumnType.Boolean;

    private static string JsonName<T>(T value)
        where T : struct, Enum => Storage.JsonText.NameOf(value);
}
