using System.Buffers;
using System.Data;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Platform.Storage.Backups;

/// <summary>
/// A row as one line of JSON that every database reads back the same: whole numbers and fractions as numbers, bytes and what JSON has no number for as
/// an object of one field.
/// </summary>
internal static class RowText
{
    private const string Bytes = "bytes", Number = "number";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> destination, IDataRecord row)
    {
        using var json = new Utf8JsonWriter(destination, Compact);
        json.WriteStartArray();
        for (int i = 0; i < row.FieldCount; i++)
        {
            Write(json, row.GetValue(i));
        }

        json.WriteEndArray();
    }

    /// <summary>The values for parameters of a statement.</summary>
    public static object[] Read(ReadOnlyMemory<byte> line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        return [.. row.RootElement.EnumerateArray().Select(Value)];
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case DBNull:
                json.WriteNullValue();
                break;

            case string text:
                json.WriteStringValue(text);
                break;

            case long or int or short or bool:
                json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;

            case double number when double.IsFinite(number):
                json.WriteNumberValue(number == 0 ? 0 : number); // SQLite keeps no sign of a zero.
                break;

            case double number:
                json.WriteStartObject();
                json.WriteString(Number, number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteEndObject();
                break;

            case byte[] bytes:
                json.WriteStartObject();
                json.WriteBase64String(Bytes, bytes);
                json.WriteEndObject();
                break;

            default:
                throw new StorageException($"A value of the type {value.GetType().Name} has no form in a backup.");
        }
    }

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => DBNull.Value,
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.Object when value.TryGetProperty(Bytes, out JsonElement bytes) => bytes.GetBytesFromBase64(),
        JsonValueKind.Object when value.TryGetProperty(Number, out JsonElement number) => double.Parse(number.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new JsonException($"A row of a backup holds {value.ValueKind}, which no value is written as."),
    };
}
