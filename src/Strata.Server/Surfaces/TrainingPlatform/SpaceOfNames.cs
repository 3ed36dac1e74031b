using System.Globalization;
using System.Text.Json;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Server.Jobs;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Grids and distributions of other programs as the house's search spaces.</summary>
internal static class SpaceOfNames
{
    /// <summary>How many points a full grid has; null for another method, or none.</summary>
    public static int? GridSize(TuneModelRequest request) => request is { Method: TuneMethod.GridSearch, ParamGrid: { Count: > 0 } grid, ParamDistributions: null }
        ? (int)Math.Min(grid.Values.Aggregate(1L, (points, values) => Math.Min(points * Math.Max(1, values.Count), 100_000)), 100_000)
        : null;

    /// <summary>The parameters as <see cref="SpaceText"/>; none for the algorithm's own space.</summary>
    /// <exception cref="DataException">A range cannot be read; all problems at once.</exception>
    public static IReadOnlyList<string> Of(TuneModelRequest request, Algorithm algorithm)
    {
        var (space, problems) = (new List<string>(), new List<string>());
        IEnumerable<(string Name, JsonElement Range)> asked =
        [
            .. (request.ParamGrid ?? new Dictionary<string, IReadOnlyList<JsonElement>>()).Select(pair => (pair.Key, JsonSerializer.SerializeToElement(pair.Value))),
            .. (request.ParamDistributions ?? new Dictionary<string, JsonElement>()).Select(pair => (pair.Key, pair.Value)),
        ];
        foreach ((string name, JsonElement range) in asked)
        {
            string? text = range.ValueKind switch
            {
                JsonValueKind.Array => Choices(range),
                JsonValueKind.Object => Numbers(range),
                _ => null,
            };
            problems.AddRange(text is null ? [$"'{name}' is {range.GetRawText()}; it takes a list of values, or an object of 'low' and 'high', and 'log' or 'step' if need be."] : []);
            space.Add($"{NameOf(name, algorithm)}={text}");
        }

        DataException.ThrowIfAny(problems);
        return space;
    }

    /// <summary>The defaults of what a search would look at besides: who names parameters has these searched, and no others.</summary>
    public static IEnumerable<(string Name, JsonElement Usual)> HeldBeside(IReadOnlyList<string> space, IEnumerable<string> given, Algorithm algorithm)
    {
        if (space.Count == 0)
        {
            return [];
        }

        var named = space.Select(text => text[..text.IndexOf('=', StringComparison.Ordinal)]).Concat(given).ToHashSet(StringComparer.Ordinal);
        return [.. algorithm.Hyperparameters
            .Where(known => !known.Declared.Advanced && !double.IsNaN(known.Declared.SearchMin) && !named.Contains(known.Name))
            .Select(known => (known.Name, known.DefaultJson.Element() ?? JsonSerializer.SerializeToElement<string?>(null)))];
    }

    /// <summary>Spaces are written with own names only.</summary>
    private static string NameOf(string asked, Algorithm algorithm)
    {
        string known = KnownNames.HyperparameterOf(asked, algorithm) ?? asked;
        return algorithm.Hyperparameters.FirstOrDefault(one => one.IsCalled(known))?.Name ?? known;
    }

    private static string? Choices(JsonElement values)
    {
        string[] texts = [.. values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())];
        bool isPlain = values.EnumerateArray().All(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False);
        return texts.Length == 0 || !isPlain || texts.Any(text => text.Length == 0 || text.AsSpan().ContainsAny("|=@") || text.Contains("..", StringComparison.Ordinal)) ? null : string.Join('|', texts.Distinct());
    }

    private static string? Numbers(JsonElement range)
    {
        double? Number(string name) => range.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        if (Number("low") is not double low || Number("high") is not double high)
        {
            return null;
        }

        bool isLog = (range.TryGetProperty("log", out JsonElement log) && log.ValueKind == JsonValueKind.True) || (range.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString() is "loguniform" or "log_uniform" or "log");
        string step = Number("step") is double width && !isLog ? string.Create(CultureInfo.InvariantCulture, $":step={width}") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{low}..{high}{(isLog ? ":log" : string.Empty)}{step}");
    }
}
