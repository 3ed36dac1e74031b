using System.Globalization;

namespace Strata.Learning.Data.Profiling;

/// <summary>A column as a few bins: numbers by equal shares, texts by level with the rare ones together, and missing as bin 0.</summary>
/// <param name="BinOf">The bin of each row.</param>
/// <param name="Count">The number of bins.</param>
/// <param name="Flags">The values of a column that has just two (or three numbers); else null.</param>
internal sealed record ColumnBins(int[] BinOf, int Count, (string Label, int Bin)[]? Flags)
{
    private const int NumberBins = 32;
    private const int LeastLevelRows = 5;
    private const int RareBin = 1;
    private const int MostFlagValues = 3;

    public static ColumnBins Of(Column column, double[] sorted) => ColumnSummary.HasNumbers(column) ? OfNumbers(column, sorted) : OfLevels(column);

    /// <summary>Two bins: missing and not.</summary>
    public static ColumnBins OfMissing(Column column)
    {
        int[] bins = [.. Enumerable.Range(0, column.Count).Select(row => column.IsMissing(row) ? 0 : 1)];
        return new ColumnBins(bins, 2, [("missing", 0), ("present", 1)]);
    }

    private static ColumnBins OfNumbers(Column column, double[] sorted)
    {
        double[] flags = FewValues(sorted);
        double[] lowest = flags.Length > 0 ? flags : [.. Enumerable.Range(0, NumberBins).Select(i => sorted[(int)((long)i * sorted.Length / NumberBins)]).Distinct()];
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        var bins = new int[column.Count];
        for (int row = 0; row < bins.Length; row++)
        {
            bins[row] = CountUpTo(lowest, numbers[row]);
        }

        return new ColumnBins(bins, lowest.Length + 1, flags.Length > 0 ? [.. flags.Select((value, i) => (value.ToString("R", CultureInfo.InvariantCulture), i + 1))] : null);
    }

    /// <summary>How many of the ascending edges are at most the value; none for NaN.</summary>
    private static int CountUpTo(double[] edges, double value)
    {
        int below = 0;
        for (int length = edges.Length; length > 0;)
        {
            int half = (length + 1) / 2;
            below += edges[below + half - 1] <= value ? half : 0;
            length -= half;
        }

        return below;
    }

    /// <summary>The different values when they are two or three (0, 1 and a slip of the pen), else none.</summary>
    private static double[] FewValues(double[] sorted)
    {
        var values = new List<double>();
        for (int i = 0; i < sorted.Length && values.Count <= MostFlagValues; i++)
        {
            if (values.Count == 0 || sorted[i] != values[^1])
            {
                values.Add(sorted[i]);
            }
        }

        return values.Count is 2 or MostFlagValues ? [.. values] : [];
    }

    private static ColumnBins OfLevels(Column column)
    {
        Dictionary<string, int> counts = ColumnSummary.LevelCounts(column);
        var binOfLevel = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string level, int count) in counts.Where(level => level.Value >= LeastLevelRows))
        {
            binOfLevel[level] = RareBin + 1 + binOfLevel.Count;
        }

        int[] bins = [.. Enumerable.Range(0, column.Count).Select(row => column.TextAt(row) is string text ? binOfLevel.GetValueOrDefault(text, RareBin) : 0)];
        return new ColumnBins(bins, RareBin + 1 + binOfLevel.Count, counts.Count == 2 ? [.. binOfLevel.Select(level => ($"'{level.Key}'", level.Value))] : null);
    }
}
