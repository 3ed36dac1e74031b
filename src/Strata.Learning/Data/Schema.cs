using System.Text.Json.Serialization;

namespace Strata.Learning.Data;

/// <summary>Name and type of one column, with the levels where it is a category.</summary>
public sealed record SchemaColumn(string Name, ColumnType Type, IReadOnlyList<string>? Levels = null)
{
    public static SchemaColumn Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new SchemaColumn(column.Name, column.Type, (column as CategoryColumn)?.Levels);
    }
}

/// <summary>The columns that a frame has, or that a model expects, in order.</summary>
public sealed record Schema(IReadOnlyList<SchemaColumn> Columns)
{
    [JsonIgnore]
    public IEnumerable<string> Names => Columns.Select(column => column.Name);
}
