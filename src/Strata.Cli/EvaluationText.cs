using System.Globalization;
using Strata.Learning;
using Strata.Learning.Metrics;

namespace Strata.Cli;

/// <summary>An evaluation as text for people.</summary>
internal static class EvaluationText
{
    private const int MostClassesShown = 12;
    private const int MostGroupsShown = 10;

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static void Write(TextWriter writer, Evaluation evaluation)
    {
        bool sure = evaluation.Intervals.Count > 0;
        TextTable.Write(writer, ["METRIC", $"ON {evaluation.RowCount} ROWS", .. sure ? ["95% INTERVAL"] : Array.Empty<string>()], evaluation.Metrics.Select(metric => (IReadOnlyList<string>)
        [
            metric.Key,
            Number(metric.Value),
            .. !sure ? Array.Empty<string>() : evaluation.Intervals.TryGetValue(metric.Key, out MetricInterval? interval) ? [$"{Number(interval.Low)} to {Number(interval.High)}"] : [string.Empty],
        ]));
        if (evaluation.Regions is RegionCoverage regions)
        {
            writer.WriteLine();
            WriteRegions(writer, evaluation, regions);
        }

        if (evaluation.Confusion is { Length: > 0 } confusion && evaluation.Classes.Count <= MostClassesShown)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["TRUE \\ PREDICTED", .. evaluation.Classes], evaluation.Classes.Select((name, truth) =>
                (IReadOnlyList<string>)[name, .. confusion[truth].Select(count => count.ToString("0.##", CultureInfo.InvariantCulture))]));
        }
    }

    private static void WriteRegions(TextWriter writer, Evaluation evaluation, RegionCoverage regions)
    {
        writer.WriteLine($"{(evaluation.Task.IsClassification() ? "Sets" : "Intervals")} for {Number(regions.Level)}:");
        Coverage(regions.Groups.Prepend(new CoverageOfGroup("all", evaluation.RowCount, regions.Coverage, regions.Size)));
        if (regions.MeanOfDeclaredGroups is double mean)
        {
            writer.WriteLine();
            writer.WriteLine($"Over {regions.DeclaredGroupCount} declared groups, each counted alike: {Number(mean)}{(regions.DeclaredGroups.Count == 0 ? " (none has ten rows)" : ". The worst covered of those with ten rows or more:")}");
            Coverage(regions.DeclaredGroups.Take(MostGroupsShown));
        }

        void Coverage(IEnumerable<CoverageOfGroup> groups)
        {
            if (groups.Any())
            {
                TextTable.Write(writer, ["ROWS OF", "COUNT", "COVERED", "MEAN SIZE"], groups.Select(group =>
                    (IReadOnlyList<string>)[group.Group, group.RowCount.ToString(CultureInfo.InvariantCulture), Number(group.Coverage), Number(group.Size)]));
            }
        }
    }
}
