using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Search;

namespace Strata.Learning.Catalog;

/// <summary>Where a search for an algorithm's hyperparameters looks: by their declarations, and by what the owner says.</summary>
public static class AlgorithmSpace
{
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="held">Names of hyperparameters that are given and so not searched.</param>
    /// <param name="changes">Parameters in the form of <see cref="SpaceText"/>, in place of the declared ones or beside them.</param>
    /// <exception cref="DataException">A parameter is none of the algorithm's, its range goes beyond what is allowed, or nothing is left to search; all problems at once.</exception>
    public static SearchSpace Of(Algorithm algorithm, IEnumerable<string> held, IReadOnlyList<string> changes)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<string>();
        var parameters = new OrderedDictionary<string, Parameter>(StringComparer.Ordinal);
        foreach (Hyperparameter known in algorithm.Hyperparameters.Where(known => !known.Declared.Advanced && !double.IsNaN(known.Declared.SearchMin)))
        {
            parameters[known.Name] = Declared(known);
        }

        foreach (string change in changes)
        {
            Parameter parameter = SpaceText.Parse(change, name => algorithm.Hyperparameters.FirstOrDefault(known => known.Name == name)?.Type == HyperparameterType.Integer ? true
                : algorithm.Hyperparameters.Any(known => known.Name == name && known.Type == HyperparameterType.Number) ? false : null);
            problems.AddRange(ProblemsOf(parameter, algorithm));
            parameters[parameter.Name] = parameter;
        }

        string[] given = [.. held];
        problems.AddRange(given.Where(name => changes.Any(change => change.StartsWith(name + "=", StringComparison.Ordinal))).Select(name => $"'{name}' is both given and searched; it takes one of them."));
        if (problems.Count == 0 && !parameters.Keys.Except(given).Any())
        {
            problems.Add($"{algorithm.Title} has no hyperparameter left to search; name one with its range, such as {(algorithm.Hyperparameters.Count > 0 ? algorithm.Hyperparameters[0].Name : "name")}=1..10.");
        }

        DataException.ThrowIfAny(problems);
        return new SearchSpace(parameters.Values.Where(parameter => !given.Contains(parameter.Name)));
    }

    /// <summary>The algorithm's own defaults as a point of the space: brought into its ranges, and to their middle where there is no default.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> Defaults(Algorithm algorithm, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(space);
        var point = new double[space.Count];
        for (int i = 0; i < space.Count; i++)
        {
            Parameter parameter = space.Parameters[i];
            JsonNode? usual = algorithm.Hyperparameters.First(known => known.Name == parameter.Name).DefaultJson;
            point[i] = (parameter, usual) switch
            {
                (NumberParameter number, JsonValue value) when value.TryGetValue(out double wanted) || (value.TryGetValue(out int whole) && double.IsFinite(wanted = whole)) => number.Nearest(wanted),
                (ChoiceParameter choice, JsonValue value) when choice.ValueOf(value.TryGetValue(out string? text) ? text : value.ToJsonString()) is double code and >= 0 => code,
                _ => parameter.Decode(0.5),
            };
        }

        space.Prune(point);
        return space.Named(point);
    }

    private static NumberParameter Declared(Hyperparameter known) => new(known.Name, known.Declared.SearchMin, known.Declared.SearchMax)
    {
        IsInteger = known.Type == HyperparameterType.Integer,
        LogScale = known.Declared.LogScale,
    };

    private static IEnumerable<string> ProblemsOf(Parameter parameter, Algorithm algorithm)
    {
        Hyperparameter? known = algorithm.Hyperparameters.FirstOrDefault(known => known.Name == parameter.Name);
        if (known is null)
        {
            string[] names = [.. algorithm.Hyperparameters.Select(other => other.Name)];
            yield return $"{algorithm.Title} has no hyperparameter '{parameter.Name}'. {(NearNames.Nearest(parameter.Name, names) is string near ? $"Did you mean '{near}'?" : $"It has: {string.Join(", ", names)}.")}";
            yield break;
        }

        string[] values = parameter switch
        {
            NumberParameter number => [number.TextOf(number.Min), number.TextOf(number.Max)],
            ChoiceParameter choice => [.. choice.Choices],
            _ => [],
        };
        var problems = new List<string>();
        foreach (string value in values)
        {
            known.Read(JsonValue.Create(value), problems);
        }

        foreach (string problem in problems)
        {
            yield return $"The search space: {problem}";
        }
    }
}
