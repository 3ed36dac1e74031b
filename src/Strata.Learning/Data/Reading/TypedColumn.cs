namespace Strata.Learning.Data.Reading;

/// <summary>A finished column, why it has its type, and what to say about it.</summary>
internal sealed record TypedColumn(Column Column, string Why, long InfiniteCount = 0, string? Note = null);
