namespace Strata.Platform.Features;

/// <summary>What is known of one entity at a moment.</summary>
/// <param name="EventTime">When its latest event was; null when nothing is known, or nothing that has not outlived its time.</param>
/// <param name="KnownFrom">Since when that has been known.</param>
/// <param name="Features">Each feature as text that reads back to the same value; null where it is missing.</param>
public sealed record OnlineFeatures(DateTimeOffset? EventTime, DateTimeOffset? KnownFrom, IReadOnlyDictionary<string, OnlineValue> Features);

/// <summary>One feature of an entity.</summary>
/// <param name="Type">What kind of value it is.</param>
/// <param name="Text">The value; null where it is missing.</param>
public sealed record OnlineValue(Learning.Data.ColumnType Type, string? Text);
