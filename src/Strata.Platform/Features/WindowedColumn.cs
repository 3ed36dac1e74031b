using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>The aggregates of one column while an entity's rows become known.</summary>
internal sealed class WindowedColumn(Column column, IReadOnlyList<FeatureDefinition> features)
{
    private readonly WindowTree tree = new();
    private readonly bool isNumber = column.HasNumbers && column is not CategoryColumn;
    private readonly List<double>[] numbers = [.. features.Select(_ => new List<double>())];
    private readonly List<int>[] rows = [.. features.Select(_ => new List<int>())];
    private int[] byEvent = [];

    /// <summary>Begins another entity.</summary>
    /// <param name="rowsByEvent">Its rows in the order of their events.</param>
    public void Begin(int[] rowsByEvent)
    {
        byEvent = rowsByEvent;
        tree.Clear(rowsByEvent.Length);
    }

    /// <summary>The row at a place becomes known.</summary>
    public void Learn(int place)
    {
        if (!column.IsMissing(byEvent[place]))
        {
            tree.Set(place, isNumber ? column.NumberAt(byEvent[place]) : 0);
        }
    }

    /// <summary>Notes each aggregate over the window that ends with the event at a place.</summary>
    public void Note(int newest, long[] events)
    {
        for (int i = 0; i < features.Count; i++)
        {
            Moments moments = tree.Between(features[i].Window is TimeSpan window ? FirstAfter(events[byEvent[newest]] - window.Ticks, events) : 0, newest + 1);
            if (features[i].Aggregate == FeatureAggregate.Last)
            {
                rows[i].Add(moments.Last < 0 ? -1 : byEvent[moments.Last]);
            }
            else
            {
                numbers[i].Add(moments.Of(features[i].Aggregate!.Value));
            }
        }
    }

    public IEnumerable<Column> Results() => features.Select((feature, i) => feature.Aggregate switch
    {
        FeatureAggregate.Last => GatheredRows.Of(column, [.. rows[i]]).Named(feature.Name),
        FeatureAggregate.Count => new Int64Column(feature.Name, [.. numbers[i].Select(number => (long)number)]),
        _ => (Column)new Float64Column(feature.Name, [.. numbers[i]]),
    });

    /// <summary>The first place whose event lies after a moment.</summary>
    private int FirstAfter(long moment, long[] events)
    {
        int low = 0, high = byEvent.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = events[byEvent[middle]] > moment ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
