namespace Strata.Learning.Data;

public static partial class RowSplits
{
    /// <summary>
    /// Successive test parts at the end of the rows' time, each learned for from earlier rows: all of them (expanding window), or the last so many (rolling window), with a
    /// gap between where wanted. On distinct times as scikit-learn's TimeSeriesSplit; rows of the first tested moment are never learned from.
    /// </summary>
    /// <param name="times">A time a row.</param>
    /// <param name="foldCount">How many test parts, at least 2.</param>
    /// <param name="testRows">Rows of each; null for the rows divided by one more than the folds.</param>
    /// <param name="gapRows">So many rows before each test part are left out.</param>
    /// <param name="mostTrainingRows">The length of a rolling window; null for an expanding one.</param>
    /// <exception cref="DataException">There are too few rows, or moments, for that.</exception>
    public static RowSplit[] TimeSeries(double[] times, int foldCount, int? testRows = null, int gapRows = 0, int? mostTrainingRows = null)
    {
        ArgumentNullException.ThrowIfNull(times);
        CheckFolds(foldCount, times.Length, "rows");
        int tested = testRows ?? times.Length / (foldCount + 1);
        if (tested < 1 || gapRows < 0 || mostTrainingRows < 1 || times.Length - (long)foldCount * tested - gapRows <= 0)
        {
            throw new DataException($"There are {times.Length} rows; {foldCount} test parts of {tested} rows with a gap of {gapRows} and training windows of {mostTrainingRows?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"} rows leave none to learn from.");
        }

        int[] order = RowsByTime(times);
        var folds = new RowSplit[foldCount];
        for (int fold = 0; fold < foldCount; fold++)
        {
            int start = times.Length - (foldCount - fold) * tested, end = start - gapRows;
            while (end > 0 && times[order[end - 1]] == times[order[start]])
            {
                end--;
            }

            int from = mostTrainingRows is int most ? Math.Max(0, end - most) : 0;
            folds[fold] = end > from
                ? new RowSplit(Ascending(order.AsSpan(from..end)), Ascending(order.AsSpan(start, tested)))
                : throw new DataException($"No row is earlier than test part {fold + 1}; use fewer test parts.");
        }

        return folds;
    }

    /// <summary>Folds that obey the table's structure, drawn anew so many times; by time there is one way only.</summary>
    /// <exception cref="DataException">The rows cannot be split so, or a time leaves nothing to repeat.</exception>
    public static IReadOnlyList<IReadOnlyList<RowSplit>> RepeatedFolds(TrainingTable table, int foldCount, int repeats, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (repeats < 1 || (repeats > 1 && table.Times is not null))
        {
            throw new DataException($"Repeats is {repeats}; at least 1 is needed, and splits by time cannot be repeated.");
        }

        return [.. Enumerable.Range(0, repeats).Select(repeat => Folds(table, foldCount, seed + (ulong)repeat * 0x9E3779B97F4A7C15UL).Folds)];
    }
}
