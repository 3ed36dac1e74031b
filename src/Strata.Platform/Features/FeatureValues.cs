using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>Materialised values in memory: says which row of them was known of an entity at a moment.</summary>
internal sealed class FeatureValues
{
    /// <summary>In place of a row where nothing was known.</summary>
    public const int None = -1;

    private readonly FeaturePlan plan;
    private readonly EntityCodes codes;
    private readonly int[] starts;
    private readonly long[] knownFrom;
    private readonly long[] events;

    /// <param name="plan">How they were made.</param>
    /// <param name="table">As <see cref="FeatureMaterialisation"/> made it.</param>
    public FeatureValues(FeaturePlan plan, Frame table)
    {
        (this.plan, Table) = (plan, table);
        knownFrom = ((DateColumn)table[FeaturePlan.KnownColumn]).Ticks;
        events = ((DateColumn)table[FeaturePlan.EventColumn]).Ticks;
        codes = new EntityCodes(plan.Entities.Count);
        int[] entities = codes.Add([.. plan.Entities.Select(entity => table[entity])]);
        starts = new int[codes.Count + 1];
        for (int row = 0; row < entities.Length; row++)
        {
            starts[entities[row] + 1] = row + 1; // The rows of an entity stand together.
        }
    }

    public Frame Table { get; }

    /// <summary>The row of values that was known of each entity at its moment, and had not outlived its time; <see cref="None"/> where there is none.</summary>
    /// <param name="keys">The entity columns, in the plan's order.</param>
    /// <param name="moments">In ticks; missing ones know nothing.</param>
    /// <param name="strictlyBefore">Whether what became known at the very moment does not count.</param>
    public int[] RowsAt(IReadOnlyList<Column> keys, long[] moments, bool strictlyBefore)
    {
        int[] rows = codes.Find(keys);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = rows[i] == EntityCodes.None || moments[i] == EventTimes.Missing ? None : RowAt(rows[i], moments[i], strictlyBefore ? moments[i] - 1 : moments[i]);
        }

        return rows;
    }

    private int RowAt(int entity, long moment, long last)
    {
        int low = starts[entity], high = starts[entity + 1];
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = knownFrom[middle] > last ? (low, middle) : (middle + 1, high);
        }

        int found = low - 1;
        return found >= starts[entity] && !(moment - events[found] > plan.Ttl?.Ticks) ? found : None;
    }
}
