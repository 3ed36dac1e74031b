using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;

namespace Strata.Solutions.Omics;

/// <summary>One file of a joined table: its columns, and by what each row is known where the file says so.</summary>
/// <param name="File">For messages.</param>
/// <param name="Columns">Without the identifiers.</param>
/// <param name="Identifiers">One a row, all different; null where rows are only known by their order.</param>
internal sealed record SampleRows(string File, Frame Columns, string[]? Identifiers)
{
    public int RowCount => Columns.RowCount;

    public static SampleRows OfBlock(BlockFile block, string? identifier, CancellationToken cancellation)
    {
        (Frame table, bool hasHeader) = Read(block.Path, cancellation);
        if (block.NamesPath is not null)
        {
            string[] names = [.. System.IO.File.ReadLines(block.NamesPath).Select(line => line.Trim()).Where(line => line.Length > 0)];
            table = !hasHeader && names.Length == table.ColumnCount ? Renamed(table, names)
                : throw new DataException(hasHeader
                    ? $"'{block.Path}' has a header of its own: name no further file of names."
                    : $"'{block.NamesPath}' names {names.Length} columns, but '{block.Path}' has {table.ColumnCount}.");
        }
        else if (!hasHeader)
        {
            table = Renamed(table, [.. Enumerable.Range(1, table.ColumnCount).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        }

        SampleRows rows = Of(block.Path, table, identifier);
        return rows with { Columns = Renamed(rows.Columns, [.. rows.Columns.Names.Select(name => $"{block.Name}{BlockFile.Mark}{name}")]) };
    }

    /// <summary>Labels, in one column without header or in columns of their own names.</summary>
    public static SampleRows OfLabels(string path, string? identifier, CancellationToken cancellation)
    {
        (Frame table, bool hasHeader) = Read(path, cancellation);
        SampleRows rows = Of(path, table, identifier);
        return hasHeader ? rows : rows with { Columns = Renamed(rows.Columns, rows.Columns.ColumnCount == 1 ? ["label"] : [.. Enumerable.Range(1, rows.Columns.ColumnCount).Select(number => $"label_{number}")]) };
    }

    /// <summary>The table, and whether its first line names the columns: a line of numbers alone is a row.</summary>
    private static (Frame Table, bool HasHeader) Read(string path, CancellationToken cancellation)
    {
        var options = new TableReadOptions { WideSeries = false };
        TableReading reading = TableFile.Read(path, options, cancellation);
        bool hasHeader = reading.Format.HeaderNames.Any(name => name.Length > 0);
        return hasHeader && reading.Format.HeaderNames.All(name => double.TryParse(name, CultureInfo.InvariantCulture, out _))
            ? (TableFile.Read(path, options with { HasHeader = false }, cancellation).Frame, false)
            : (reading.Frame, hasHeader);
    }

    /// <summary>The named column, or a first column of texts that are all different, tells the rows apart.</summary>
    private static SampleRows Of(string path, Frame table, string? identifier)
    {
        Column? column = identifier is not null ? table.TryGet(identifier) : table.ColumnCount > 1 && table.Columns[0].Type is ColumnType.Text or ColumnType.Category ? table.Columns[0] : null;
        string?[] texts = column is null ? [] : [.. Enumerable.Range(0, column.Count).Select(column.TextAt)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int odd = Array.FindIndex(texts, text => text is null || !seen.Add(text));
        if (odd >= 0 && identifier is not null)
        {
            throw new DataException($"'{path}': column '{identifier}' has {(texts[odd] is string twice ? $"'{twice}' again" : "no value")} in row {odd + 1}; identifiers have to be all different.");
        }

        return column is null || odd >= 0 ? new SampleRows(path, table, null) : new SampleRows(path, table.Drop([column.Name]), texts!);
    }

    private static Frame Renamed(Frame table, string[] names) => new(table.Columns.Zip(names, (column, name) => column.Named(name)));
}
