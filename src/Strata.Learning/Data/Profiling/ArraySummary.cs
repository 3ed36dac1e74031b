namespace Strata.Learning.Data.Profiling;

/// <summary>What the arrays of one column hold.</summary>
/// <param name="Lengths">Steps of series, points of clouds; null for images.</param>
/// <param name="Heights">Rows of pixels; null for all but images.</param>
/// <param name="Widths">Pixels in a row; null for all but images.</param>
/// <param name="Channels">By channel, over all rows.</param>
/// <param name="RowsWithGaps">Rows with a missing number in their array.</param>
/// <param name="Samples">Arrays of a few rows, thinned out to be looked at, as JSON text.</param>
public sealed record ArraySummary(LengthRange? Lengths, LengthRange? Heights, LengthRange? Widths, IReadOnlyList<ChannelSummary> Channels, int RowsWithGaps, IReadOnlyList<ArraySample> Samples)
{
    private const int MostSamples = 4;

    public static ArraySummary Of(ArrayColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        bool isImage = column.Type == ColumnType.Image;
        int[] shown = [.. rows.Where((_, i) => i % Math.Max(1, rows.Length / MostSamples) == 0).Take(MostSamples)];
        return new ArraySummary(
            isImage ? null : LengthRange.Of(rows.Select(column.StepsOf)),
            isImage ? LengthRange.Of(rows.Select(row => column.SizeOf(row).Height)) : null,
            isImage ? LengthRange.Of(rows.Select(row => column.SizeOf(row).Width)) : null,
            [.. column.Channels.Select((name, channel) => ChannelSummary.Of(name, column, channel))],
            rows.Count(row => column.Values[row].AsSpan().Contains(float.NaN)),
            [.. shown.Select(row => new ArraySample(row, ArrayPreview.TextOf(column, row)!))]);
    }
}

/// <summary>The shortest, the usual and the longest of some lengths.</summary>
public sealed record LengthRange(int Least, int Median, int Most)
{
    /// <summary>Null of no lengths.</summary>
    internal static LengthRange? Of(IEnumerable<int> lengths)
    {
        int[] sorted = [.. lengths.Order()];
        return sorted.Length == 0 ? null : new LengthRange(sorted[0], sorted[sorted.Length / 2], sorted[^1]);
    }
}

/// <summary>The numbers of one channel over all rows; null where there are none.</summary>
public sealed record ChannelSummary(string Name, double? Min, double? Max, double? Mean, double? StandardDeviation, long Missing)
{
    internal static ChannelSummary Of(string name, ArrayColumn column, int channel)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, mean = 0, squares = 0;
        long count = 0, missing = 0;
        foreach (float[]? cell in column.Values)
        {
            for (int at = channel; at < (cell?.Length ?? 0); at += column.Channels.Count)
            {
                double value = cell![at];
                if (double.IsNaN(value))
                {
                    missing++;
                    continue;
                }

                // Welford's running mean and sum of squares.
                double from = value - mean;
                mean += from / ++count;
                squares += from * (value - mean);
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
            }
        }

        return count == 0 ? new ChannelSummary(name, null, null, null, null, missing) : new ChannelSummary(name, min, max, mean, count > 1 ? Math.Sqrt(squares / (count - 1)) : null, missing);
    }
}

/// <summary>The array of one 0-based row, thinned out, as JSON text.</summary>
public sealed record ArraySample(int Row, string Array);
