namespace Strata.Learning.Trees.Boosting;

/// <summary>The rows of each query of a table, one list behind the other; queries in the order in which they first appear.</summary>
internal sealed class QueryRows
{
    private QueryRows(int[] rows, int[] starts) => (Rows, Starts) = (rows, starts);

    public int[] Rows { get; }

    /// <summary>Where each query begins in <see cref="Rows"/>, and the end [queries + 1].</summary>
    public int[] Starts { get; }

    public int Count => Starts.Length - 1;

    public int LargestCount => Enumerable.Range(0, Count).Max(query => Starts[query + 1] - Starts[query]);

    public ReadOnlySpan<int> Of(int query) => Rows.AsSpan(Starts[query]..Starts[query + 1]);

    /// <param name="groups">The query's code of every row of the table.</param>
    /// <param name="rows">The rows that count, ascending.</param>
    public static QueryRows Of(int[] groups, int[] rows)
    {
        var lists = new OrderedDictionary<int, List<int>>();
        foreach (int row in rows)
        {
            if (!lists.TryGetValue(groups[row], out List<int>? list))
            {
                lists.Add(groups[row], list = []);
            }

            list.Add(row);
        }

        var starts = new List<int> { 0 };
        foreach (List<int> list in lists.Values)
        {
            starts.Add(starts[^1] + list.Count);
        }

        return new QueryRows([.. lists.Values.SelectMany(list => list)], [.. starts]);
    }
}
