using Strata.Learning.Data.Reading.Arrays;

namespace Strata.Learning.Data.Reading;

/// <summary>Reads delimited UTF-8 text, from its comment lines to its last row.</summary>
internal static class DelimitedTable
{
    /// <param name="bytes">UTF-8.</param>
    /// <param name="fileName">Its ending helps to tell series from tables; may be null.</param>
    /// <param name="options">What is known beforehand.</param>
    /// <param name="notes">What was repaired so far; goes on here.</param>
    /// <param name="known">The dialect of text that was rewritten from another kind of file; null to find it out.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static TableReading Read(TableBytes bytes, string? fileName, TableReadOptions options, List<string> notes, Dialect? known, CancellationToken cancellation)
    {
        TextHead head = TextHead.Of(bytes, options, known);
        notes.AddRange(head.Notes);
        string[] names = HeaderRow.UniqueNames(head.HeaderNames, head.HasHeader, notes);
        using var reader = new DelimitedReader(head.Text, names, options, notes, cancellation);
        (Frame frame, InferredColumn[] columns) = reader.Read();
        if (!head.HasHeader && (options.WideSeries ?? (known is null && WideSeries.Recognizes(frame, fileName))))
        {
            frame = WideSeries.Of(frame);
            columns = [.. frame.Columns.Select(column => new InferredColumn(column.Name, column.Type, "a table of series without header"))];
            notes.Add(WideSeries.Note(frame));
        }

        Dialect dialect = head.Text.Dialect;
        var format = new TableFormat
        {
            Kind = TableKind.DelimitedText,
            Delimiter = dialect.Delimiter == Dialect.NoDelimiter ? null : (char)dialect.Delimiter,
            DecimalComma = dialect.DecimalPoint == ',',
            CommentLines = head.Comments,
            HeaderNames = head.HeaderNames,
        };
        return new TableReading(frame, format, columns, notes) { Descriptions = HeaderRow.Descriptions(head.Comments) };
    }
}
