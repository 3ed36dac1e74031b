namespace Strata.Platform.Features;

/// <summary>Rows that can be used, entity after entity, each entity's in the order in which they became known.</summary>
/// <param name="Rows">0-based rows of the source.</param>
/// <param name="Starts">Where each entity's begin in <paramref name="Rows"/>, and the end of the last.</param>
internal sealed record EntityOrder(int[] Rows, int[] Starts)
{
    /// <param name="entities">The entity of each row; rows of none are left out.</param>
    /// <param name="count">How many entities there are.</param>
    /// <param name="known">When each row became known; rows without are left out.</param>
    /// <param name="events">When each row's event was; of rows that became known at once the later event counts as later, then the later row.</param>
    public static EntityOrder Of(int[] entities, int count, long[] known, long[] events)
    {
        var starts = new int[count + 1];
        bool IsUsed(int row) => entities[row] != EntityCodes.None && known[row] != EventTimes.Missing;
        for (int row = 0; row < entities.Length; row++)
        {
            if (IsUsed(row))
            {
                starts[entities[row] + 1]++;
            }
        }

        for (int entity = 0; entity < count; entity++)
        {
            starts[entity + 1] += starts[entity];
        }

        var rows = new int[starts[^1]];
        int[] next = [.. starts];
        for (int row = 0; row < entities.Length; row++)
        {
            if (IsUsed(row))
            {
                rows[next[entities[row]]++] = row;
            }
        }

        var byTime = Comparer<int>.Create((a, b) => (known[a], events[a], a).CompareTo((known[b], events[b], b)));
        for (int entity = 0; entity < count; entity++)
        {
            Span<int> own = rows.AsSpan(starts[entity], starts[entity + 1] - starts[entity]);
            if (!IsSorted(own, byTime))
            {
                own.Sort(byTime);
            }
        }

        return new EntityOrder(rows, starts);
    }

    public ReadOnlySpan<int> RowsOf(int entity) => Rows.AsSpan(Starts[entity], Starts[entity + 1] - Starts[entity]);

    private static bool IsSorted(ReadOnlySpan<int> rows, Comparer<int> order)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (order.Compare(rows[i - 1], rows[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
