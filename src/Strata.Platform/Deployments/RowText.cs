using System.Buffers;
using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>Rows of a table as JSON objects for the log. Arrays are left out: they would be most of it.</summary>
internal sealed class RowText
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly Column[] columns;
    private readonly JsonEncodedText[] names;

    public RowText(Frame rows, Schema wanted)
    {
        columns = [.. wanted.Names.Select(rows.TryGet).OfType<Column>().Where(column => !column.Type.IsArray())];
        names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name))];
    }

    /// <summary>Good until the next call.</summary>
    public ReadOnlySpan<byte> Of(int row)
    {
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        for (int i = 0; i < columns.Length; i++)
        {
            writer.WritePropertyName(names[i]);
            Write(writer, columns[i], row);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter writer, Column column, int row)
    {
        if (column.IsMissing(row))
        {
            writer.WriteNullValue();
        }
        else if (column.Type == ColumnType.Boolean)
        {
            writer.WriteBooleanValue(column.NumberAt(row) != 0);
        }
        else if (column.IsNumeric && column.Type != ColumnType.Date && double.IsFinite(column.NumberAt(row)))
        {
            writer.WriteNumberValue(column.NumberAt(row));
        }
        else
        {
            writer.WriteStringValue(column.TextAt(row));
        }
    }
}
