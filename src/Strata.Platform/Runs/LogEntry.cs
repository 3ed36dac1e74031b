using Strata.Learning.Data;

namespace Strata.Platform.Runs;

/// <summary>What is noted of a run at once: all of it, or nothing.</summary>
public sealed record LogEntry
{
    public const int MostMetrics = 1000;
    public const int MostParameters = 100;
    public const int MostTags = 100;
    public const int MostInAll = 1000;

    public IReadOnlyList<MetricPoint> Metrics { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Of several values of one tag the last counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <exception cref="DataException">Something cannot be noted; all of it at once.</exception>
    internal void Check() => LoggedText.Throw(problems =>
    {
        CheckCount("metrics", Metrics.Count, MostMetrics, problems);
        CheckCount("parameters", Parameters.Count, MostParameters, problems);
        CheckCount("tags", Tags.Count, MostTags, problems);
        CheckCount("metrics, parameters and tags together", Metrics.Count + Parameters.Count + Tags.Count, MostInAll, problems);
        foreach (string key in Metrics.Select(metric => metric.Name).Distinct(StringComparer.Ordinal))
        {
            LoggedText.CheckKey(key, "A metric", problems);
        }

        foreach ((string key, string value) in Parameters)
        {
            LoggedText.CheckKey(key, "A parameter", problems);
            LoggedText.CheckValue(value, LoggedText.MostParameter, $"Parameter '{key}'", problems);
        }

        foreach (IGrouping<string, KeyValuePair<string, string>> twice in Parameters.GroupBy(parameter => parameter.Key).Where(same => same.Select(parameter => parameter.Value).Distinct().Skip(1).Any()))
        {
            problems.Add($"Parameter '{twice.Key}' is given twice with different values.");
        }

        foreach ((string key, string value) in Tags)
        {
            LoggedText.CheckKey(key, "A tag", problems);
            LoggedText.CheckValue(value, LoggedText.MostTag, $"Tag '{key}'", problems);
        }
    });

    private static void CheckCount(string what, int count, int most, List<string> problems)
    {
        if (count > most)
        {
            problems.Add($"There are {count} {what}; at most {most} are taken at once.");
        }
    }
}
