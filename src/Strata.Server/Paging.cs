using Strata.Learning.Data;

namespace Strata.Server;

/// <summary>The window of a list that a request asks for.</summary>
internal readonly record struct Paging(int Offset, int Count)
{
    public const int Most = 1000;

    /// <exception cref="DataException">A bound is out of range.</exception>
    public static Paging Of(int? offset, int? count, int usual = 100)
    {
        var problems = new List<string>();
        if (offset is < 0)
        {
            problems.Add($"offset is {offset}; expected 0 or more.");
        }

        if (count is < 0 or > Most)
        {
            problems.Add($"count is {count}; expected 0 to {Most}.");
        }

        DataException.ThrowIfAny(problems);
        return new Paging(offset ?? 0, count ?? usual);
    }
}

internal static class PageViews
{
    /// <summary>A page of a room as a page on the wire.</summary>
    public static Client.Contracts.Page<TView> View<T, TView>(this Platform.Page<T> page, Func<T, TView> view) => new([.. page.Items.Select(view)], page.Total);

    /// <summary>A window of a short list.</summary>
    public static Client.Contracts.Page<TView> View<T, TView>(this IReadOnlyList<T> all, Paging paging, Func<T, TView> view) =>
        new([.. all.Skip(paging.Offset).Take(paging.Count).Select(view)], all.Count);
}
