namespace Strata.Platform.Features;

/// <summary>One feature of a group: a column of the source as it is at the latest event, or an aggregate of it over the time before.</summary>
/// <param name="Name">What it is called in joined tables.</param>
/// <param name="Column">The source's column.</param>
/// <param name="Aggregate">Null for the column as it is.</param>
/// <param name="Window">How far back from the latest event an aggregate reaches, without the instant so long ago; null for all time.</param>
public sealed record FeatureDefinition(string Name, string Column, FeatureAggregate? Aggregate = null, TimeSpan? Window = null);
