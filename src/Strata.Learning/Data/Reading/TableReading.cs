namespace Strata.Learning.Data.Reading;

/// <summary>A table that was read, and everything about the reading that a person would want to check.</summary>
/// <param name="Frame">The rows.</param>
/// <param name="Format">What the file turned out to be.</param>
/// <param name="Columns">The type of each column and why; in the order of the frame.</param>
/// <param name="Notes">Every repair, one sentence each.</param>
public sealed record TableReading(Frame Frame, TableFormat Format, IReadOnlyList<InferredColumn> Columns, IReadOnlyList<string> Notes)
{
    /// <summary>What comment lines such as <c># COLUMN koi_period: Orbital Period [days]</c> say about columns, by column name.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a file was written.</summary>
public sealed record TableFormat
{
    public required TableKind Kind { get; init; }

    /// <summary>The character between fields of delimited text.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The web name of the encoding, such as <c>utf-8</c>.</summary>
    public string? Encoding { get; init; }

    public bool Compressed { get; init; }

    public bool DecimalComma { get; init; }

    public string? Sheet { get; init; }

    /// <summary>The lines before the header that begin with <c>#</c>, without it.</summary>
    public IReadOnlyList<string> CommentLines { get; init; } = [];

    /// <summary>The column names as the file spells them, before they were made unique.</summary>
    public IReadOnlyList<string> HeaderNames { get; init; } = [];
}

/// <summary>The kinds of table file.</summary>
public enum TableKind
{
    /// <summary>Comma-, tab-, semicolon- or bar-separated text.</summary>
    DelimitedText,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>A JSON array of objects.</summary>
    JsonArray,

    /// <summary>An Excel workbook, .xlsx or .xls.</summary>
    Excel,
}

/// <summary>The type that a column was read as, and the reason.</summary>
public sealed record InferredColumn(string Name, ColumnType Type, string Why);
