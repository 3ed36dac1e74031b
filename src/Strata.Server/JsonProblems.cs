using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Server;

/// <summary>Says in a sentence what is wrong with somebody's JSON: which field, and what it takes.</summary>
internal static partial class JsonProblems
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "true or false",
        ["System.String"] = "text",
        ["System.Double"] = "a number",
        ["System.Int32"] = "a whole number",
        ["System.Int64"] = "a whole number",
        ["System.UInt64"] = "a whole number of at least 0",
    };

    public static string Sentence(JsonException e)
    {
        string where = e.Path is null or "$" ? "The body" : $"'{e.Path.TrimStart('$', '.')}'";
        string message = e.Message;
        if (MissingPattern().Match(message) is { Success: true } missing)
        {
            return $"{where} lacks {missing.Groups[1].Value.Replace("; ", ", ", StringComparison.Ordinal)}.";
        }

        if (UnmappedPattern().Match(message) is { Success: true } unmapped)
        {
            return Unknown(unmapped.Groups[1].Value, unmapped.Groups[2].Value);
        }

        if (UnconvertedPattern().Match(message) is { Success: true } unconverted)
        {
            return $"{where} is not {ExpectationOf(unconverted.Groups[1].Value, e.Path)}.";
        }

        if (message.Contains("doesn't allow null", StringComparison.Ordinal) || message.Contains("doesn't allow setting null", StringComparison.Ordinal))
        {
            return $"{where} holds null where a value is needed.";
        }

        string plain = PlacePattern().Replace(message, string.Empty);
        return e.Path is null or "$" || plain.Contains(e.Path, StringComparison.Ordinal) ? plain : $"{where}: {plain}";
    }

    private static string Unknown(string field, string typeName)
    {
        string[] known = [.. (typeof(Problem).Assembly.GetType(typeName)?.GetProperties() ?? []).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];
        string hint = NearNames.Nearest(field, known) is string near ? $" Did you mean '{near}'?" : known.Length > 0 ? $" Known are {string.Join(", ", known)}." : string.Empty;
        return $"There is no field '{field}' here.{hint}";
    }

    private static string ExpectationOf(string typeName, string? path)
    {
        string inner = NullablePattern().Replace(typeName, "$1");
        Type? type = typeof(Problem).Assembly.GetType(inner);

        // For an unknown name of an enum the type that holds the property is named.
        Type? property = type?.GetProperties().FirstOrDefault(known => path?.EndsWith($".{JsonNamingPolicy.SnakeCaseLower.ConvertName(known.Name)}", StringComparison.Ordinal) == true)?.PropertyType;
        type = property is null ? type : Nullable.GetUnderlyingType(property) ?? property;
        if (type is { IsEnum: true })
        {
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}";
        }

        return Kinds.GetValueOrDefault(inner) ?? (inner.Contains("List`", StringComparison.Ordinal) ? "a list" : "an object");
    }

    [GeneratedRegex("missing required properties including: (.+?)\\.?$", RegexOptions.NonBacktracking)]
    private static partial Regex MissingPattern();

    [GeneratedRegex(@"The JSON property '(.+?)' could not be mapped to any \.NET member contained in type '([^']+?)'", RegexOptions.NonBacktracking)]
    private static partial Regex UnmappedPattern();

    [GeneratedRegex(@"could not be converted to (\S+?)\.( Path:|$)", RegexOptions.NonBacktracking)]
    private static partial Regex UnconvertedPattern();

    [GeneratedRegex(@" ?Path: .*$| LineNumber: .*$", RegexOptions.NonBacktracking)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"^System\.Nullable`1\[(.+)\]$", RegexOptions.NonBacktracking)]
    private static partial Regex NullablePattern();
}
