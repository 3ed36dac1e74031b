using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>
/// Adds to each row of a table the features as they were known at the row's time, and never what became known later. What became known at the very moment counts, unless strictly earlier values
/// are asked for. Where nothing was known, or the latest event is longer ago than the group's time to live, the features are missing.
/// </summary>
internal static class PointInTimeJoin
{
    /// <param name="order">What to join.</param>
    /// <param name="spine">The rows to complete.</param>
    /// <param name="valuesOf">The materialised values of a group, by its place in the order.</param>
    /// <param name="say">Told in a sentence how each group's values were found.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="DataException">A column is not there, a time is none, or a feature's name is taken.</exception>
    public static Frame Run(JoinOrder order, Frame spine, Func<int, Frame> valuesOf, Action<string> say, CancellationToken cancellation)
    {
        Check(order, spine);
        long[] moments = EventTimes.Of(spine[order.TimeColumn]);
        Frame joined = spine;
        for (int i = 0; i < order.Groups.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            JoinedGroup group = order.Groups[i];
            var values = new FeatureValues(group.Plan, valuesOf(i));
            int[] rows = values.RowsAt([.. group.Plan.Entities.Select(entity => spine[order.ColumnOf(entity)])], moments, order.StrictlyBefore);
            joined = new Frame([.. joined.Columns, .. group.Features.Select(feature => GatheredRows.Of(values.Table[feature], rows).Named(order.NameOf(group, feature)))]);
            int none = rows.Count(row => row == FeatureValues.None);
            say(string.Create(CultureInfo.InvariantCulture, $"{group.Name}@{group.Version}: known for {rows.Length - none} of {rows.Length} rows."));
        }

        return joined;
    }

    private static void Check(JoinOrder order, Frame spine)
    {
        var problems = new List<string>();
        foreach (string column in order.Groups.SelectMany(group => group.Plan.Entities).Select(order.ColumnOf).Append(order.TimeColumn).Distinct().Where(column => !spine.Contains(column)))
        {
            problems.Add(DataException.NoSuchColumn(column, spine.Names).Message);
        }

        IEnumerable<string> added = order.Groups.SelectMany(group => group.Features.Select(feature => order.NameOf(group, feature)));
        problems.AddRange(spine.Names.Concat(added).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"The joined table would have {group.Count()} columns '{group.Key}'; join with full names, which begin with the group's."));
        DataException.ThrowIfAny(problems);
    }
}
