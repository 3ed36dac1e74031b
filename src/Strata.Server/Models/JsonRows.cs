using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Server.Models;

/// <summary>Makes a frame of rows given as JSON objects. A column is what its values are: numbers, true and false, text, or lists of numbers.</summary>
internal static class JsonRows
{
    /// <exception cref="DataException">A value is a list of something else, an object, or a number that is not finite; every one is named, up to twenty.</exception>
    public static Frame ToFrame(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows)
    {
        var problems = new List<string>();
        if (rows.Count == 0)
        {
            problems.Add("'rows' is empty; expected at least one row.");
        }

        var names = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Count; row++)
        {
            foreach ((string name, JsonElement value) in rows[row])
            {
                names.TryAdd(name, names.Count);
                if (problems.Count < 20 && Problem(value) is string problem)
                {
                    problems.Add($"'{name}' of row {row + 1} {problem}.");
                }
            }
        }

        DataException.ThrowIfAny(problems);
        return new Frame(names.Keys.Select(name => ToColumn(name, rows)));
    }

    private static string? Problem(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "is an object; expected a number, text, true, false, a list of numbers or null",
        JsonValueKind.Array when !JsonArrays.IsArray(value) => "is a list that is no array; expected numbers, or lists of as many numbers each",
        JsonValueKind.Number when !double.IsFinite(value.GetDouble()) => $"is {Shown(value)}, which is too large for a number",
        _ => null,
    };

    private static Column ToColumn(string name, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows)
    {
        JsonElement[] values = [.. rows.Select(row => row.GetValueOrDefault(name))];
        JsonValueKind[] kinds = [.. values.Select(value => value.ValueKind).Where(kind => kind is not (JsonValueKind.Null or JsonValueKind.Undefined)).Distinct()];
        if (Array.TrueForAll(kinds, kind => kind == JsonValueKind.Number))
        {
            return new Float64Column(name, [.. values.Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN)]);
        }

        if (kinds is [JsonValueKind.Array] && JsonArrays.ToColumn(name, values) is ArrayColumn arrays)
        {
            return arrays;
        }

        if (!Array.TrueForAll(kinds, kind => kind is JsonValueKind.True or JsonValueKind.False))
        {
            return new TextColumn(name, [.. values.Select(TextOf)]);
        }

        var missing = new MissingMask(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            missing[row] = values[row].ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        }

        return new BooleanColumn(name, [.. values.Select(value => value.ValueKind == JsonValueKind.True)], missing);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        _ => value.GetRawText(),
    };

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? $"{text[..40]}…" : value.GetRawText();
}
