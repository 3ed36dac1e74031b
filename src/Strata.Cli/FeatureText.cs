using System.Globalization;
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
            ? new FeatureRequest(Group("name") ?? $"{column}_{aggregate}", column, Enum.Parse<FeatureAggregate>(aggregate, ignoreCase: true), Seconds(Group("window")))
            : throw new DataException($"--feature '{text}' asks for '{aggregate}'; there are {string.Join(", ", Aggregates)}.");
    }

    /// <summary>The same the other way round.</summary>
    public static string Of(FeatureDefinition feature) => feature.Aggregate is not FeatureAggregate aggregate
        ? feature.Name == feature.Column ? feature.Name : $"{feature.Name}={feature.Column}"
        : $"{feature.Name}={aggregate.ToString().ToLowerInvariant()}({feature.Column}{(feature.WindowSeconds is double seconds ? $",{Seconds(seconds)}" : string.Empty)})";

    /// <summary>A time such as 30d, 12h, 5m or 90s in seconds; null for none.</summary>
    /// <exception cref="DataException">The text is no time.</exception>
    public static double? Seconds(string? text)
    {
        if (text is null)
        {
            return null;
        }

        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return unit > 0 && NumberText.TryParse(text.AsSpan(0, text.Length - 1), out double number) && number > 0
            ? number * unit
            : throw new DataException($"A time is '{text}'; expected a number with its unit, such as 90s, 5m, 12h or 30d.");
    }

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

    private static string Seconds(double seconds)
    {
        (double size, char unit) = new[] { (86_400.0, 'd'), (3600, 'h'), (60, 'm') }.FirstOrDefault(one => seconds % one.Item1 == 0, (1, 's'));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }

    [GeneratedRegex(@"\A(?:(?<name>[^=()]+)=)?(?:(?<aggregate>[a-z]+)\((?<column>[^(),]+)(?:,(?<window>[^(),]+))?\)|(?<column>[^=]+))\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
