using System.Globalization;
using Strata.Learning.Metrics;

namespace Strata.Cli;

/// <summary>An evaluation as text for people.</summary>
internal static class EvaluationText
{
    private const int MostClassesShown = 12;

    public static void Write(TextWriter writer, Evaluation evaluation)
    {
        TextTable.Write(writer, ["METRIC", $"ON {evaluation.RowCount} ROWS"], evaluation.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Key, metric.Value.ToString("0.0000", CultureInfo.InvariantCulture)]));
        if (evaluation.Confusion is { Length: > 0 } confusion && evaluation.Classes.Count <= MostClassesShown)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["TRUE \\ PREDICTED", .. evaluation.Classes], evaluation.Classes.Select((name, truth) =>
                (IReadOnlyList<string>)[name, .. confusion[truth].Select(count => count.ToString("0.##", CultureInfo.InvariantCulture))]));
        }
    }
}
