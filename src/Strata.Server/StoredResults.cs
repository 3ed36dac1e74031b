using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Strata.Server;

/// <summary>Reads what jobs stored (<see cref="Learning.ModelFiles.ModelFileJson"/>: nulls left out, NaN as text) as what travels on the wire.</summary>
internal static class StoredResults
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static T Read<T>(Stream stored) => JsonSerializer.Deserialize<T>(stored, Options) ?? throw Empty<T>();

    public static T Read<T>(JsonNode stored) => stored.Deserialize<T>(Options) ?? throw Empty<T>();

    private static InvalidOperationException Empty<T>() => new($"A stored {typeof(T).Name} is null.");
}
