using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.ModelFiles;

namespace Strata.Platform.Storage;

/// <summary>Values as the JSON text that columns and files hold: snake case, enums by name, NaN and infinities as text.</summary>
public static class JsonText
{
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, ModelFileJson.Options);

    public static byte[] BytesOf<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ModelFileJson.Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, ModelFileJson.Options)
        ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    public static T Read<T>(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize<T>(text, ModelFileJson.Options)
        ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    public static T? ReadOrNull<T>(string? text)
        where T : class => text is null ? null : Read<T>(text);

    public static JsonNode? Node(string? text) => text is null ? null : JsonNode.Parse(text);

    public static JsonNode? NodeOf<T>(T value) => JsonSerializer.SerializeToNode(value, ModelFileJson.Options);

    /// <summary>An enum's name in snake case, as it stands in JSON.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static T EnumOf<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().First(value => NameOf(value) == name);
}
