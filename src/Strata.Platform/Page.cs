namespace Strata.Platform;

/// <summary>Some of a list's items, and how many there are in all.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>The most items that one call returns.</summary>
    public const int MostItems = 1000;

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Total);
}
