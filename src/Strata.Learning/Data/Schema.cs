using System.Text.Json.Serialization;

namespace Strata.Learning.Data;

/// <summary>Name and type of one column, with the levels where it is a category.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Levels">The levels of a category; the channels of arrays.</param>
/// <param name="UnseenLevel">The level, one of <paramref name="Levels"/>, that any other text counts as; null when other texts count as missing.</param>
/// <param name="Block">The columns of one block may be missing together, and count as unknown then; null for a column that has to be there.</param>
public sealed record SchemaColumn(
    string Name, ColumnType Type, IReadOnlyList<string>? Levels = null, string? UnseenLevel = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Block = null)
{
    public static SchemaColumn Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new SchemaColumn(column.Name, column.Type, (column as CategoryColumn)?.Levels ?? (column as ArrayColumn)?.Channels);
    }
}

/// <summary>The columns that a frame has, or that a model expects, in order.</summary>
public sealed record Schema(IReadOnlyList<SchemaColumn> Columns)
{
    [JsonIgnore]
    public IEnumerable<string> Names => Columns.Select(column => column.Name);
}
