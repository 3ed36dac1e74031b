using Strata.Learning.Data;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// Which columns of a table are its series: the columns of series, their channels side by side; or, where there is none, the number columns in their order as the steps
/// of one channel. The others stand beside.
/// </summary>
internal sealed class SeriesLayout
{
    private SeriesLayout(int[] series, int[] steps, int[] beside, int channels) => (Series, Steps, Beside, ChannelCount) = (series, steps, beside, channels);

    /// <summary>Places of the columns of series; empty for a wide table.</summary>
    public int[] Series { get; }

    /// <summary>Places of the number columns that are one step each; empty where there are columns of series.</summary>
    public int[] Steps { get; }

    public int[] Beside { get; }

    public int ChannelCount { get; }

    /// <exception cref="DataException">There is no series, or a column can be no part of what is learned.</exception>
    public static SeriesLayout Of(Schema schema)
    {
        DataException.ThrowIfAny([.. schema.Columns.Where(column => column.Type is ColumnType.Text or ColumnType.Image or ColumnType.Points).Select(column =>
            $"Column '{column.Name}' holds {(column.Type == ColumnType.Text ? "text" : column.Type == ColumnType.Image ? "images" : "points")}, which kernels for series cannot read; drop it.")]);
        int[] all = [.. Enumerable.Range(0, schema.Columns.Count)], series = [.. all.Where(i => schema.Columns[i].Type == ColumnType.Series)];
        int[] steps = series.Length > 0 ? [] : [.. all.Where(i => schema.Columns[i].Type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64)];
        return series.Length + steps.Length == 0
            ? throw new DataException("There is no series to learn from: give a column of series, or number columns that are its steps in order.")
            : new SeriesLayout(series, steps, [.. all.Except(series).Except(steps)], steps.Length > 0 ? 1 : series.Sum(i => schema.Columns[i].Levels!.Count));
    }
}
