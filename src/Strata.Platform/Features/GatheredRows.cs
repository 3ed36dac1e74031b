using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>Takes rows of a column of which some are not there.</summary>
internal static class GatheredRows
{
    /// <param name="column">Where the values come from.</param>
    /// <param name="rows">0-based rows in the order of the result; -1 for a missing value.</param>
    public static Column Of(Column column, int[] rows)
    {
        if (Array.TrueForAll(rows, row => row >= 0))
        {
            return column.Take(rows);
        }

        return column switch
        {
            Float32Column numbers => new Float32Column(column.Name, Each(rows, row => numbers.Values[row], float.NaN)),
            Int64Column numbers => new Int64Column(column.Name, Each(rows, row => numbers.Values[row], 0), Mask(column, rows)),
            DateColumn dates => new DateColumn(column.Name, Each(rows, row => dates.Ticks[row], 0), Mask(column, rows)),
            BooleanColumn booleans => new BooleanColumn(column.Name, Each(rows, row => booleans.Values[row], false), Mask(column, rows)),
            CategoryColumn categories => new CategoryColumn(column.Name, Each(rows, row => categories.Codes[row], -1), categories.Levels),
            TextColumn texts => new TextColumn(column.Name, Each(rows, row => texts.Values[row], null)),
            ArrayColumn arrays => new ArrayColumn(column.Name, column.Type, arrays.Channels, Each(rows, row => arrays.Values[row], null), arrays.Widths is int[] widths ? Each(rows, row => widths[row], 1) : null),
            { Type: ColumnType.Boolean } => new BooleanColumn(column.Name, Each(rows, row => column.NumberAt(row) == 1, false), Mask(column, rows)),
            _ => new Float64Column(column.Name, Each(rows, column.NumberAt, double.NaN)),
        };
    }

    private static T[] Each<T>(int[] rows, Func<int, T> value, T missing) => Array.ConvertAll(rows, row => row < 0 ? missing : value(row));

    private static MissingMask Mask(Column column, int[] rows)
    {
        var mask = new MissingMask(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            mask[i] = rows[i] < 0 || column.IsMissing(rows[i]);
        }

        return mask;
    }
}
