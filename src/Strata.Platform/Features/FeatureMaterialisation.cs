using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>
/// Works out what was known of each entity, moment by moment. A row of values says what was known from one moment on until the next row's: the features as they are at the latest event known by
/// then, and aggregates over the known events of the window that ends there. A row of the source that became known late changes nothing before that moment.
/// </summary>
internal sealed class FeatureMaterialisation
{
    private readonly FeaturePlan plan;
    private readonly Frame source;
    private readonly long[] events;
    private readonly long[] known;
    private readonly EntityOrder order;
    private readonly WindowedColumn[] windowed;
    private readonly List<int> latest = [];
    private readonly List<long> knownFrom = [];

    private FeatureMaterialisation(FeaturePlan plan, Frame source)
    {
        (this.plan, this.source) = (plan, source);
        events = EventTimes.Of(source[plan.TimeColumn]);
        known = plan.AvailableColumn is string available ? Later(EventTimes.Of(source[available]), events) : events;
        var codes = new EntityCodes(plan.Entities.Count);
        int[] entities = codes.Add([.. plan.Entities.Select(entity => source[entity])]);
        order = EntityOrder.Of(entities, codes.Count, known, events);
        windowed = [.. plan.Features.Where(feature => feature.Aggregate is not null).GroupBy(feature => feature.Column, StringComparer.Ordinal).Select(features => new WindowedColumn(source[features.Key], [.. features]))];
    }

    /// <summary>The values of a plan over its source.</summary>
    /// <exception cref="DataException">A time is none, or the source has no usable row.</exception>
    public static MaterialisedFeatures Run(FeaturePlan plan, Frame source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        return new FeatureMaterialisation(plan, source).Run(cancellation);
    }

    private MaterialisedFeatures Run(CancellationToken cancellation)
    {
        if (order.Rows.Length == 0)
        {
            throw new DataException($"No row of the source has both a time in '{plan.TimeColumn}' and an entity in {string.Join(", ", plan.Entities.Select(entity => $"'{entity}'"))}.");
        }

        int entities = 0;
        for (int entity = 0; entity + 1 < order.Starts.Length; entity++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> arrivals = order.RowsOf(entity);
            Walk(arrivals);
            entities += arrivals.Length > 0 ? 1 : 0;
        }

        return new MaterialisedFeatures(Values(), entities, source.RowCount - order.Rows.Length);
    }

    /// <summary>Lets the rows of one entity become known one after the other.</summary>
    private void Walk(ReadOnlySpan<int> arrivals)
    {
        int[] byEvent = arrivals.ToArray();
        Array.Sort(byEvent, (a, b) => (events[a], known[a], a).CompareTo((events[b], known[b], b)));
        int[] placeOf = PlacesOf(arrivals, byEvent);
        foreach (WindowedColumn column in windowed)
        {
            column.Begin(byEvent);
        }

        int newest = -1;
        for (int i = 0; i < arrivals.Length; i++)
        {
            newest = Math.Max(newest, placeOf[i]);
            foreach (WindowedColumn column in windowed)
            {
                column.Learn(placeOf[i]);
            }

            if (i + 1 == arrivals.Length || known[arrivals[i + 1]] > known[arrivals[i]])
            {
                latest.Add(byEvent[newest]);
                knownFrom.Add(known[arrivals[i]]);
                foreach (WindowedColumn column in windowed)
                {
                    column.Note(newest, events);
                }
            }
        }
    }

    /// <summary>Where each arrival stands in the order of events; the same place where nothing is known late.</summary>
    private int[] PlacesOf(ReadOnlySpan<int> arrivals, int[] byEvent)
    {
        if (ReferenceEquals(known, events))
        {
            return [.. Enumerable.Range(0, arrivals.Length)];
        }

        var places = new Dictionary<int, int>(byEvent.Length);
        for (int place = 0; place < byEvent.Length; place++)
        {
            places[byEvent[place]] = place;
        }

        var placeOf = new int[arrivals.Length];
        for (int i = 0; i < placeOf.Length; i++)
        {
            placeOf[i] = places[arrivals[i]];
        }

        return placeOf;
    }

    private Frame Values()
    {
        int[] rows = [.. latest];
        IEnumerable<Column> keys = plan.Entities.Select(entity => source[entity].Take(rows));
        Column[] times = [new DateColumn(FeaturePlan.KnownColumn, [.. knownFrom]), new DateColumn(FeaturePlan.EventColumn, Array.ConvertAll(rows, row => events[row]))];
        Dictionary<string, Column> aggregates = windowed.SelectMany(column => column.Results()).ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new Frame([.. keys, .. times, .. plan.Features.Select(feature => aggregates.GetValueOrDefault(feature.Name) ?? source[feature.Column].Take(rows).Named(feature.Name))]);
    }

    /// <summary>The later of two times a row; missing where one is.</summary>
    private static long[] Later(long[] available, long[] events)
    {
        for (int row = 0; row < available.Length; row++)
        {
            available[row] = available[row] == EventTimes.Missing || events[row] == EventTimes.Missing ? EventTimes.Missing : Math.Max(available[row], events[row]);
        }

        return available;
    }
}

/// <summary>What materialising has come to.</summary>
/// <param name="Values">Entity columns, <c>known_from</c>, <c>event_time</c> and the features; an entity's rows stand together in order of time.</param>
/// <param name="Entities">How many entities have values.</param>
/// <param name="LeftOut">Rows of the source without a time or an entity.</param>
internal sealed record MaterialisedFeatures(Frame Values, int Entities, int LeftOut);
