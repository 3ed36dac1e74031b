using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Profiling;

/// <summary>Describes one column by all its values.</summary>
internal static class ColumnSummary
{
    private const int MostTopLevels = 20;

    /// <summary>Whether the column is described by the distribution of its numbers, not by its levels.</summary>
    public static bool HasNumbers(Column column) => column.IsNumeric && column.Type != ColumnType.Boolean && column.MissingCount < column.Count;

    /// <param name="column">The column.</param>
    /// <param name="sorted">Its numbers, ascending, where it has numbers.</param>
    public static ColumnProfile Of(Column column, double[] sorted)
    {
        var profile = new ColumnProfile { Name = column.Name, Type = column.Type, Missing = column.MissingCount, Distinct = 0 };
        return column is ArrayColumn arrays ? profile with { Arrays = ArraySummary.Of(arrays) }
            : column.MissingCount == column.Count ? profile
            : HasNumbers(column) ? OfNumbers(profile, column, sorted)
            : OfLevels(profile, column);
    }

    /// <summary>How often each text of a column occurs.</summary>
    public static Dictionary<string, int> LevelCounts(Column column)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (column is CategoryColumn category)
        {
            foreach (IGrouping<int, int> level in category.Codes.Where(code => code >= 0).GroupBy(code => code))
            {
                counts[category.Levels[level.Key]] = level.Count();
            }

            return counts;
        }

        for (int row = 0; row < column.Count; row++)
        {
            if (column.TextAt(row) is string text)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _)++;
            }
        }

        return counts;
    }

    private static ColumnProfile OfNumbers(ColumnProfile profile, Column column, double[] sorted)
    {
        var summary = new NumberSummary(sorted);
        profile = profile with
        {
            Distinct = column is Int64Column whole ? DistinctWhole(whole) : summary.Distinct,
            Min = sorted[0],
            Max = sorted[^1],
            Mean = summary.Mean,
            StandardDeviation = summary.StandardDeviation,
            Quantiles = summary.Quantiles,
            Histogram = summary.Histogram,
        };
        return column is DateColumn dates ? WithRange(profile, dates) : profile;
    }

    /// <summary>Counted among the whole numbers themselves, since doubles cannot tell the largest apart.</summary>
    private static int DistinctWhole(Int64Column column)
    {
        long[] values = column.MissingCount == 0 ? [.. column.Values] : [.. column.Values.Where((_, row) => !column.IsMissing(row))];
        Array.Sort(values);
        int distinct = 1;
        for (int i = 1; i < values.Length; i++)
        {
            distinct += values[i] != values[i - 1] ? 1 : 0;
        }

        return distinct;
    }

    private static ColumnProfile WithRange(ColumnProfile profile, DateColumn dates)
    {
        int[] present = [.. Enumerable.Range(0, dates.Count).Where(row => !dates.IsMissing(row))];
        return profile with { Earliest = dates.TextAt(present.MinBy(row => dates.Ticks[row])), Latest = dates.TextAt(present.MaxBy(row => dates.Ticks[row])) };
    }

    private static ColumnProfile OfLevels(ColumnProfile profile, Column column)
    {
        Dictionary<string, int> counts = LevelCounts(column);
        IEnumerable<LevelCount> ordered = counts.Select(level => new LevelCount(level.Key, level.Value)).OrderByDescending(level => level.Count).ThenBy(level => level.Level, StringComparer.Ordinal);
        return profile with { Distinct = counts.Count, TopLevels = [.. ordered.Take(MostTopLevels)] };
    }
}
