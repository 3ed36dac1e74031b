using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Client.Contracts;

/// <summary>A class name or a number: on the wire a JSON text or a JSON number.</summary>
[JsonConverter(typeof(PredictedValueConverter))]
public readonly record struct PredictedValue
{
    public PredictedValue(string className) => Class = className;

    public PredictedValue(double number) => Number = number;

    /// <summary>The class name, or null when it is a number.</summary>
    public string? Class { get; }

    /// <summary>The number, or null when it is a class.</summary>
    public double? Number { get; }
}

/// <summary>Reads and writes <see cref="PredictedValue"/>.</summary>
public sealed class PredictedValueConverter : JsonConverter<PredictedValue>
{
    public override PredictedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new PredictedValue(reader.GetString()!),
        JsonTokenType.Number => new PredictedValue(reader.GetDouble()),
        JsonTokenType.Null => default,
        _ => throw new JsonException("Expected a class name or a number."),
    };

    public override void Write(Utf8JsonWriter writer, PredictedValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Class is not null)
        {
            writer.WriteStringValue(value.Class);
        }
        else if (value.Number is double number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
