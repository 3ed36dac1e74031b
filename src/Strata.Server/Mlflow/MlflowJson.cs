using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Strata.Server.Forms;

namespace Strata.Server.Mlflow;

/// <summary>How MLflow's JSON travels: snake case, nothing written where nothing is set, and numbers, names and ids read from numbers and texts alike.</summary>
internal static class MlflowJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>What a request asks: of a GET the query, of anything else the JSON body.</summary>
    /// <exception cref="BadHttpRequestException">The body is not JSON by its own word.</exception>
    /// <exception cref="JsonException">It is no JSON, or does not fit.</exception>
    public static async Task<T> Read<T>(HttpContext context)
        where T : class, new()
    {
        JsonNode? asked = HttpMethods.IsGet(context.Request.Method) ? OfQuery(context.Request.Query, typeof(T)) : await OfBody(context).ConfigureAwait(false);
        JsonObject fields = (asked ?? new JsonObject()) as JsonObject ?? throw new JsonException("The body is not an object.");
        foreach ((string name, object? value) in context.Request.RouteValues)
        {
            fields[name] = value?.ToString();
        }

        return fields.Deserialize<T>(Options) ?? new T();
    }

    public static Task Write(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer, Options, "application/json", context.RequestAborted);

    private static async Task<JsonNode?> OfBody(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool mustSay = HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method);
        if (mustSay && !request.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The body's content type is '{request.ContentType}'; expected application/json.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = JsonBodies.MostBytes;
        }

        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory, context.RequestAborted).ConfigureAwait(false);
        if (memory.Length == 0)
        {
            return null;
        }

        JsonNode? body = JsonNode.Parse(memory.GetBuffer().AsSpan(0, (int)memory.Length), documentOptions: new JsonDocumentOptions { MaxDepth = 64 });

        // Old clients send the JSON as a text within JSON.
        return body is JsonValue value && value.TryGetValue(out string? text) ? JsonNode.Parse(text) : body;
    }

    /// <summary>Lists are given by naming the field several times, in old programs with <c>[]</c> behind it.</summary>
    private static JsonObject OfQuery(IQueryCollection query, Type type)
    {
        Dictionary<string, Type> fields = type.GetProperties().ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property => property.PropertyType, StringComparer.Ordinal);
        var asked = new JsonObject();
        foreach ((string key, StringValues values) in query)
        {
            string name = key.EndsWith("[]", StringComparison.Ordinal) ? key[..^2] : key;
            if (fields.TryGetValue(name, out Type? field))
            {
                asked[name] = field == typeof(IReadOnlyList<string>) ? new JsonArray([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]) : JsonValue.Create(values[^1]);
            }
        }

        return asked;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
            MaxDepth = 64,
            Converters = { new TextConverter(), new WholeNumberConverter(), new TruthConverter(), new MlflowEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Ids and versions may come as numbers.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.HasValueSequence ? throw new JsonException("Expected text.") : System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw new JsonException("Expected text."),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    /// <summary>Whole numbers may come as texts, and with a point and zeros behind it.</summary>
    private sealed class WholeNumberConverter : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                return number;
            }

            if (reader.TokenType == JsonTokenType.String && long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }

            return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double real) && real == Math.Truncate(real) && Math.Abs(real) < 9e15
                ? (long)real
                : throw new JsonException("Expected a whole number.");
        }

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    private sealed class TruthConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when bool.TryParse(reader.GetString(), out bool truth) => truth,
            _ => throw new JsonException("Expected true or false."),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
