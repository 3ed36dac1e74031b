namespace Strata.Learning.Data.Reading;

/// <summary>Says that a table has one row a step (or point), and how to make one row an entity of it: what stays the same within an entity stays a column.</summary>
/// <param name="Id">The column whose equal values are one entity.</param>
/// <param name="Time">The column that orders the steps; null for the order of the file.</param>
/// <param name="Channels">The columns of numbers that become channels; all that change within an entity when null.</param>
/// <param name="Type">Series or points; when null, points where the channels begin with x and y and there is no time, else a series.</param>
public sealed record LongSeries(string Id, string? Time = null, IReadOnlyList<string>? Channels = null, ColumnType? Type = null);
