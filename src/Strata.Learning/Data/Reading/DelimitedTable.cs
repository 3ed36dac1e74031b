namespace Strata.Learning.Data.Reading;

/// <summary>Reads delimited UTF-8 text, from its comment lines to its last row.</summary>
internal static class DelimitedTable
{
    /// <param name="bytes">UTF-8.</param>
    /// <param name="options">What is known beforehand.</param>
    /// <param name="notes">What was repaired so far; goes on here.</param>
    /// <param name="known">The dialect of text that was rewritten from another kind of file; null to find it out.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static TableReading Read(TableBytes bytes, TableReadOptions options, List<string> notes, Dialect? known, CancellationToken cancellation)
    {
        TextHead head = TextHead.Of(bytes, options, known);
        notes.AddRange(head.Notes);
        string[] names = HeaderRow.UniqueNames(head.HeaderNames, options.HasHeader, notes);
        using var reader = new DelimitedReader(head.Text, names, options, notes, cancellation);
        (Frame frame, InferredColumn[] columns) = reader.Read();
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
