namespace Strata.Learning.Data;

/// <summary>Brings a column to the arrays that a model expects: arrays with as many channels, or text that spells them.</summary>
internal static class ArrayConversion
{
    public static ColumnConversion Of(Column given, SchemaColumn expected)
    {
        IReadOnlyList<string> channels = expected.Levels ?? ArrayColumn.OneChannel;
        if (given.MissingCount == given.Count && given is not ArrayColumn)
        {
            return new ColumnConversion(new ArrayColumn(given.Name, expected.Type, channels, new float[given.Count][], expected.Type == ColumnType.Image ? new int[given.Count] : null), [], []);
        }

        return given switch
        {
            ArrayColumn arrays when arrays.Type == expected.Type && arrays.Channels.Count == channels.Count => new ColumnConversion(given, [], []),
            ArrayColumn { Widths: null } arrays when expected.Type != ColumnType.Image && arrays.Channels.Count == channels.Count => new ColumnConversion(new ArrayColumn(given.Name, expected.Type, channels, arrays.Values), [], []),
            ArrayColumn { Widths: null } rows when expected.Type == ColumnType.Image && channels.Count == 1 => new ColumnConversion(OfRows(rows, channels), [], []),
            ArrayColumn arrays => Refused(given, $"Column '{given.Name}' holds {Kind(arrays.Type)} of {arrays.Channels.Count} channel{(arrays.Channels.Count == 1 ? string.Empty : "s")}; expected {Expectation(expected.Type, channels)}."),
            TextColumn or CategoryColumn => OfTexts(given, expected.Type, channels),
            _ => Refused(given, $"Column '{given.Name}' holds single values; expected {Expectation(expected.Type, channels)}."),
        };
    }

    /// <summary>Lists of lists that could be a series are the rows of an image of one channel where that is expected.</summary>
    private static ArrayColumn OfRows(ArrayColumn given, IReadOnlyList<string> channels)
    {
        var widths = new int[given.Count];
        Array.Fill(widths, given.Channels.Count);
        return new ArrayColumn(given.Name, ColumnType.Image, channels, given.Values, widths);
    }

    private static ColumnConversion OfTexts(Column given, ColumnType type, IReadOnlyList<string> channels)
    {
        var values = new float[]?[given.Count];
        int[]? widths = type == ColumnType.Image ? new int[given.Count] : null;
        for (int row = 0; row < values.Length; row++)
        {
            if (given.TextAt(row) is not string text)
            {
                continue;
            }

            if (!ArrayText.TryRead(text, out float[] cell, out int[] lengths) || !Fits(lengths, type, channels.Count))
            {
                string shown = text.Length > 40 ? $"{text[..40]}…" : text;
                return Refused(given, $"Column '{given.Name}' has '{shown}' in row {row + 1}; expected {Expectation(type, channels)}, as a JSON list.");
            }

            values[row] = cell;
            if (widths is not null)
            {
                widths[row] = lengths[1];
            }
        }

        return new ColumnConversion(new ArrayColumn(given.Name, type, channels, values, widths), [], []);
    }

    private static bool Fits(int[] lengths, ColumnType type, int channels)
    {
        int outer = type == ColumnType.Image ? 2 : 1;
        return (lengths.Length == outer && channels == 1) || (lengths.Length == outer + 1 && lengths[^1] == channels);
    }

    private static string Expectation(ColumnType type, IReadOnlyList<string> channels) =>
        $"{Kind(type)} of {channels.Count} channel{(channels.Count == 1 ? string.Empty : $"s ({NearNames.List([.. channels], 6)})")}";

    public static string Kind(ColumnType type) => type switch
    {
        ColumnType.Image => "images",
        ColumnType.Points => "points",
        _ => "series",
    };

    private static ColumnConversion Refused(Column given, string problem) => new(given, [], [problem]);
}
