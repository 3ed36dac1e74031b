using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Server.Mlflow;

/// <summary>Enums are written by name in capitals, and read by name or by the number that MLflow's contract gives them.</summary>
internal sealed class MlflowEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Names = Enum.GetValues<T>().ToDictionary(NameOf, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number when reader.TryGetInt32(out int number) => number.ToString(CultureInfo.InvariantCulture),
                _ => string.Empty,
            };
            return Names.TryGetValue(text, out T value) ? value
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && Enum.IsDefined((T)Enum.ToObject(typeof(T), code)) ? (T)Enum.ToObject(typeof(T), code)
                : throw new JsonException($"'{(text.Length > 100 ? text[..100] : text)}' is not one of {string.Join(", ", Names.Keys)}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

        private static string NameOf(T value) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
    }
}

/// <summary>A run's state in MLflow's words and numbers.</summary>
internal enum MlflowRunStatus
{
    Running = 1,
    Scheduled = 2,
    Finished = 3,
    Failed = 4,
    Killed = 5,
}

/// <summary>Which things are looked at, in MLflow's words and numbers.</summary>
internal enum MlflowViewType
{
    ActiveOnly = 1,
    DeletedOnly = 2,
    All = 3,
}
