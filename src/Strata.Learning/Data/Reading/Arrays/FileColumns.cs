namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Puts arrays in place of the names of files that hold them: what is read beside a table is part of it.</summary>
internal static class FileColumns
{
    /// <param name="reading">The table.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <exception cref="DataException">Files are absent or damaged.</exception>
    public static TableReading Of(TableReading reading, FileSet files, TableReadOptions options, CancellationToken cancellation)
    {
        string[] named = [.. reading.Frame.Columns.Where(column => NamesFiles(column, files)).Select(column => column.Name)];
        if (named.Length == 0)
        {
            return reading;
        }

        var notes = new List<string>(reading.Notes);
        Frame table = reading.Frame;
        foreach (string name in named)
        {
            Column column = table[name];
            ArrayColumn arrays = CellColumn.Of(name, [.. Enumerable.Range(0, column.Count).Select(column.TextAt)], files, options, notes, cancellation);
            notes.Add($"'{name}' names {column.Count - column.MissingCount} files: what they hold was read in their place, {arrays.Type.ToString().ToLowerInvariant()} of {arrays.ChannelCountText()}.");
            table = table.With(arrays);
        }

        return reading with
        {
            Frame = table,
            Columns = [.. table.Columns.Zip(reading.Columns, (column, old) => named.Contains(column.Name) ? new InferredColumn(column.Name, column.Type, "its values name files") : old)],
            Notes = notes,
        };
    }

    private static string ChannelCountText(this ArrayColumn column) => $"{column.Channels.Count} channel{(column.Channels.Count == 1 ? string.Empty : "s")}";

    /// <summary>Every value ends as a file of an array does, and the first one is there.</summary>
    private static bool NamesFiles(Column column, FileSet files) => column is TextColumn or CategoryColumn
        && column.MissingCount < column.Count
        && (column is CategoryColumn category ? category.Levels : Enumerable.Range(0, column.Count).Select(column.TextAt).OfType<string>()) is var texts
        && texts.All(text => CellFile.IsNamed(text, orTable: true))
        && texts.Any(files.Contains);
}
