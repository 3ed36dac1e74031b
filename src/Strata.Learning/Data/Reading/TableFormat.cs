namespace Strata.Learning.Data.Reading;

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

    /// <summary>A label and index:value pairs a line, as svmlight and libsvm read them.</summary>
    Svmlight,

    /// <summary>Series as archives write them, .ts.</summary>
    SeriesText,

    /// <summary>NumPy arrays, .npy or .npz.</summary>
    Numpy,

    /// <summary>An IDX array, as MNIST's.</summary>
    Idx,

    /// <summary>Files that each hold one array: images, point clouds, grids.</summary>
    Files,
}
