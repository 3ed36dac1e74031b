using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>How to read a table file. Everything that is null is found out from the file itself, and said in the reading.</summary>
public sealed record TableReadOptions
{
    /// <summary>What is read as missing in every column unless told otherwise: exactly these spellings, and empty fields always.</summary>
    public static IReadOnlyList<string> UsualMissingTexts { get; } =
    [
        "NA", "N/A", "n/a", "NaN", "nan", "NAN", "-NaN", "-nan", "null", "NULL", "Null", "None", "-", "--", "?", "#N/A", "#NA", "<NA>", "#N/A N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!",
        "1.#QNAN", "1.#IND", "-1.#IND",
    ];

    /// <summary>Types by column name, in place of the inferred ones. A value that does not fit is an error, and so is a column that is not there.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Types that apply where there is a column of that name; <see cref="Types"/> goes before.</summary>
    public IReadOnlyDictionary<string, ColumnType> TypesIfPresent { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>The character between fields: comma, tab, semicolon, bar or any other ASCII character.</summary>
    public char? Delimiter { get; init; }

    public Encoding? Encoding { get; init; }

    public IReadOnlyList<string> MissingTexts { get; init; } = UsualMissingTexts;

    /// <summary>Whether fractions are written <c>1,5</c>.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>Whether <c>"</c> encloses fields; false reads it as any other character.</summary>
    public bool Quotes { get; init; } = true;

    /// <summary>Whether the first record holds the column names; without, columns are named <c>column_1</c>, <c>column_2</c> ...</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The Excel sheet to read; the first one that has cells when null.</summary>
    public string? Sheet { get; init; }

    /// <summary>Says that the table has one row a step (or point), and which rows are one series; null for tables with one row a case.</summary>
    public LongSeries? Series { get; init; }

    /// <summary>Whether a table without header is a class and the steps of a series in each row; found out when null.</summary>
    public bool? WideSeries { get; init; }

    /// <summary>What stored arrays are, where their sizes leave that open: series, images or points.</summary>
    public ColumnType? ArrayType { get; init; }

    /// <summary>How many points are drawn on the faces of a mesh (.off); 0 for its vertices instead.</summary>
    public int MeshPoints { get; init; } = 2048;

    /// <summary>How many threads may read; at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>More columns than this are refused before any row is read.</summary>
    public int MaxColumns { get; init; } = 20_000;

    /// <summary>As <see cref="MaxColumns"/>, for files that name only what is not 0.</summary>
    public int MaxSparseColumns { get; init; } = 1_000_000;

    /// <summary>Columns that somebody expects: a file that names only what is not 0 has them even where all rows are.</summary>
    public IReadOnlyList<string> ExpectedNames { get; init; } = [];

    /// <summary>A longer field is refused, in bytes.</summary>
    public int MaxFieldBytes { get; init; } = 1 << 20;

    /// <summary>The most bytes that a compressed file may unpack to.</summary>
    public long MaxUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>Text is cut for the threads into pieces of at least so many bytes.</summary>
    internal int LeastChunkBytes { get; init; } = 1 << 18;

    /// <summary>The options that read a table to suit a schema: what it holds as categories or text is kept as the text it is, whatever it looks like, and a sparse file has all of its columns.</summary>
    public TableReadOptions Suiting(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (SchemaColumn column in schema.Columns.Where(column => column.Type is ColumnType.Category or ColumnType.Text))
        {
            types[column.Name] = column.Type;
        }

        return this with { TypesIfPresent = types, ExpectedNames = [.. schema.Names] };
    }
}
