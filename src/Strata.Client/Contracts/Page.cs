namespace Strata.Client.Contracts;

/// <summary>A part of a list, and how long the whole list is.</summary>
/// <param name="Items">The asked-for part, at most 1000.</param>
/// <param name="Total">The length of the whole list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
