using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>The cells of an array column that explanations change, and what they put in place of a part.</summary>
internal static class ArrayCells
{
    /// <summary>The array column that is asked for, or the only one.</summary>
    /// <exception cref="DataException">There is no such column, it holds no arrays, or there are several to choose from.</exception>
    public static ArrayColumn Named(Frame rows, string? name)
    {
        if (name is not null)
        {
            return rows[name] as ArrayColumn ?? throw new DataException($"Column '{name}' holds no arrays; expected one of series or images.");
        }

        ArrayColumn[] arrays = [.. rows.Columns.OfType<ArrayColumn>()];
        return arrays.Length == 1 ? arrays[0] : throw new DataException(arrays.Length == 0
            ? "The model has no column of arrays."
            : $"The model has several columns of arrays: {string.Join(", ", arrays.Select(column => column.Name))}; say which one.");
    }

    /// <summary>By channel, the mean over all cells; gaps are left out.</summary>
    public static float[] Means(ArrayColumn column)
    {
        int channels = column.Channels.Count;
        var (sums, counts) = (new double[channels], new long[channels]);
        foreach (float[]? cell in column.Values)
        {
            for (int i = 0; i < (cell?.Length ?? 0); i++)
            {
                if (float.IsFinite(cell![i]))
                {
                    sums[i % channels] += cell[i];
                    counts[i % channels]++;
                }
            }
        }

        return [.. sums.Zip(counts, (sum, count) => (float)(count == 0 ? 0 : sum / count))];
    }

    /// <summary>One row again and again, with other cells in one column.</summary>
    public static Frame With(Frame rows, int row, ArrayColumn column, float[]?[] cells)
    {
        int[] same = [.. Enumerable.Repeat(row, cells.Length)];
        var changed = new ArrayColumn(column.Name, column.Type, column.Channels, cells, column.Widths is int[] widths ? [.. Enumerable.Repeat(widths[row], cells.Length)] : null);
        return rows.Take(same).With(changed);
    }
}
