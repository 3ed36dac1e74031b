using Strata.Learning.Data;

namespace Strata.Learning.Neural.Inputs;

/// <summary>A wide table read as series: its numbers, in the order of the columns, are the steps of one channel, and what is missing at the end of a row makes it shorter.</summary>
internal static class WideSeries
{
    public const string Name = "series";

    /// <summary>Whether a column can be a step.</summary>
    public static bool IsStep(ColumnType type) => type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64 or ColumnType.Boolean;

    public static ArrayColumn Of(Frame rows)
    {
        var cells = new float[]?[rows.RowCount];
        var values = new double[rows.RowCount];
        float[][] whole = [.. cells.Select(_ => new float[rows.ColumnCount])];
        for (int step = 0; step < rows.ColumnCount; step++)
        {
            rows.Columns[step].CopyNumbers(values);
            for (int row = 0; row < cells.Length; row++)
            {
                whole[row][step] = (float)values[row];
            }
        }

        for (int row = 0; row < cells.Length; row++)
        {
            int length = whole[row].AsSpan().LastIndexOfAnyExcept(float.NaN) + 1;
            cells[row] = length == 0 ? null : length == rows.ColumnCount ? whole[row] : whole[row][..length];
        }

        return new ArrayColumn(Name, ColumnType.Series, ArrayColumn.OneChannel, cells);
    }
}
