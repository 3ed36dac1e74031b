namespace Strata.Learning.Data;

/// <summary>One table below another.</summary>
internal static class JoinedFrames
{
    /// <summary>The columns that both have, in the first one's order, first its rows and then the second one's. Columns of different types meet as numbers, or as text.</summary>
    public static Frame Of(Frame first, Frame second) =>
        new(first.Columns.Where(column => second.Contains(column.Name)).Select(column => Join(column, second[column.Name])));

    private static Column Join(Column a, Column b) => (a, b) switch
    {
        (Int64Column x, Int64Column y) => new Int64Column(a.Name, [.. x.Values, .. y.Values], Missing(a, b)),
        (BooleanColumn x, BooleanColumn y) => new BooleanColumn(a.Name, [.. x.Values, .. y.Values], Missing(a, b)),
        (DateColumn x, DateColumn y) => new DateColumn(a.Name, [.. x.Ticks, .. y.Ticks], Missing(a, b)),
        (SparseNumberColumn x, SparseNumberColumn y) when x.Type == y.Type && x.Common.Equals(y.Common) =>
            new SparseNumberColumn(a.Name, x.Count + y.Count, [.. x.Rows, .. y.Rows.Select(row => x.Count + row)], [.. x.Values, .. y.Values], x.Common, x.Type),
        (SparseNumberColumn x, _) => Join(x.InFull(), b),
        (_, SparseNumberColumn y) => Join(a, y.InFull()),
        (CategoryColumn, CategoryColumn) => CategoryColumn.Of(a.Name, [.. Texts(a), .. Texts(b)]),
        (ArrayColumn x, ArrayColumn y) when x.Type == y.Type && x.Channels.Count == y.Channels.Count => new ArrayColumn(a.Name, x.Type, x.Channels, [.. x.Values, .. y.Values], x.Widths is null ? null : [.. x.Widths, .. y.Widths!]),
        _ when a.IsNumeric && b.IsNumeric => new Float64Column(a.Name, [.. Numbers(a), .. Numbers(b)]),
        _ => new TextColumn(a.Name, [.. Texts(a), .. Texts(b)]),
    };

    private static MissingMask? Missing(Column a, Column b)
    {
        if (a.MissingCount + b.MissingCount == 0)
        {
            return null;
        }

        var mask = new MissingMask(a.Count + b.Count);
        for (int row = 0; row < mask.Count; row++)
        {
            mask[row] = row < a.Count ? a.IsMissing(row) : b.IsMissing(row - a.Count);
        }

        return mask;
    }

    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }

    private static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Count).Select(column.TextAt);
}
