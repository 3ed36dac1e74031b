using System.Text.RegularExpressions;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>How features are written on the command line: <c>age</c>, <c>years=age</c>, <c>spent=sum(amount,7d)</c>.</summary>
internal static partial class FeatureText
{
    private static readonly string[] Aggregates = [.. Enum.GetNames<FeatureAggregate>().Select(name => name.ToLowerInvariant())];

    /// <exception cref="DataException">The text is no feature.</exception>
    public static FeatureRequest Parse(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            throw new DataException($"--feature is '{text}'; expected a column, name=column, or an aggregate such as spent=sum(amount,7d).");
        }

        string? Group(string name) => match.Groups[name] is { Success: true } group ? group.Value.Trim() : null;
        string column = Group("column")!;
        if (Group("aggregate") is not string aggregate)
        {
            return new FeatureRequest(Group("name") ?? column, column);
        }

        return Aggregates.Contains(aggregate)
            ? new FeatureRequest(Group("name") ?? $"{column}_{aggregate}", column, Enum.Parse<FeatureAggregate>(aggregate, ignoreCase: true), TimeText.Seconds(Group("window")))
            : throw new DataException($"--feature '{text}' asks for '{aggregate}'; there are {string.Join(", ", Aggregates)}.");
    }

    /// <summary>The same the other way round.</summary>
    public static string Of(FeatureDefinition feature) => feature.Aggregate is not FeatureAggregate aggregate
        ? feature.Name == feature.Column ? feature.Name : $"{feature.Name}={feature.Column}"
        : $"{feature.Name}={aggregate.ToString().ToLowerInvariant()}({feature.Column}{(feature.WindowSeconds is double seconds ? $",{TimeText.Of(seconds)}" : string.Empty)})";

    /// <summary>Pairs of key=value.</summary>
    /// <exception cref="DataException">One has no '='.</exception>
    public static IReadOnlyDictionary<string, string> Tags(IEnumerable<string> texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int at = text.IndexOf('=', StringComparison.Ordinal);
            pairs[at > 0 ? text[..at] : throw new DataException($"'{text}' is no pair; expected key=value.")] = text[(at + 1)..];
        }

        return pairs;
    }

    [GeneratedRegex(@"\A(?:(?<name>[^=()]+)=)?(?:(?<aggregate>[a-z]+)\((?<column>[^(),]+)(?:,(?<window>[^(),]+))?\)|(?<column>[^=]+))\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
