using Strata.Learning.Data;

namespace Strata.Learning.Neural.Inputs;

/// <summary>
/// A wide table read as series: its number columns, in their order, are the steps of one channel, and what is missing at the end of a row makes it shorter. Other columns stand beside.
/// </summary>
internal static class WideSeries
{
    public const string Name = "series";

    /// <summary>Whether a column is a step.</summary>
    public static bool IsStep(ColumnType type) => type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64;

    public static ArrayColumn Of(Frame rows)
    {
        var cells = new float[]?[rows.RowCount];
        var values = new double[rows.RowCount];
        Column[] steps = [.. rows.Columns.Where(column => IsStep(column.Type))];
        float[][] whole = [.. cells.Select(_ => new float[steps.Length])];
        for (int step = 0; step < steps.Length; step++)
        {
            steps[step].CopyNumbers(values);
            for (int row = 0; row < cells.Length; row++)
            {
                whole[row][step] = (float)values[row];
            }
        }

        for (int row = 0; row < cells.Length; row++)
        {
            int length = whole[row].AsSpan().LastIndexOfAnyExcept(float.NaN) + 1;
            cells[row] = length == 0 ? null : length == steps.Length ? whole[row] : whole[row][..length];
        }

        return new ArrayColumn(Name, ColumnType.Series, ArrayColumn.OneChannel, cells);
    }
}
