using System.Globalization;
using Strata.Learning.Metrics;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a report's own figures say against trusting them too far.</summary>
internal static class ReportLimits
{
    private const int FewRows = 200, FewOfAClass = 10;
    private const double FarFromTrue = 0.05;

    public static IReadOnlyList<string> Of(RunReport report) => [.. Sentences(report)];

    private static IEnumerable<string> Sentences(RunReport report)
    {
        if (report.Leaks.Count(finding => finding.Severity >= Validation.Leaks.LeakSeverity.Warning) is > 0 and int alarms)
        {
            yield return $"The leak audit has {alarms} {(alarms == 1 ? "finding" : "findings")} that should not be passed over: the figures may be better than use will be.";
        }

        if (report.TestRows is < FewRows and int few)
        {
            yield return $"Only {few} rows were tested: see the intervals before comparing figures.";
        }

        foreach (string sentence in report.Evaluation is Evaluation evaluation ? OfEvaluation(evaluation) : [])
        {
            yield return sentence;
        }

        if (report.Kind != ReportKind.Evaluation && report.Data.Columns.All(column => column.Role is not (ColumnRole.Group or ColumnRole.Time)))
        {
            yield return "Neither a group nor a time was declared: rows count as independent. Where several are of one person, place or day, or later rows are to be predicted, use will be harder than this test.";
        }

        if (report.Leaderboard is not null)
        {
            yield return $"The best of many is flattered by chance: its score on the rows that chose it is too good by a little. {(report.Evaluation is null ? "Train it with rows held back to know what it is worth." : "The test rows chose nothing.")}";
        }

        if (report.Reasons.Outputs.Count > 0)
        {
            yield return "Contributions say what moves the model, not what causes the outcome.";
        }

        if (report.Evaluation is not null)
        {
            yield return "The figures hold for rows that come about like those of the test. Watch for drift in use.";
        }
    }

    private static IEnumerable<string> OfEvaluation(Evaluation evaluation)
    {
        string[] rare = [.. evaluation.PerClass.Where(one => one.Support < FewOfAClass).Select(one => $"{one.Class} ({one.Support.ToString("0.##", CultureInfo.InvariantCulture)})")];
        if (rare.Length > 0)
        {
            yield return $"Of {(rare.Length == 1 ? "one class" : $"{rare.Length} classes")} fewer than {FewOfAClass} rows were tested: {string.Join(", ", rare.Take(8))}{(rare.Length > 8 ? " and others" : string.Empty)}.";
        }

        if (evaluation.Metrics.TryGetValue("expected_calibration_error", out double gap) && gap > FarFromTrue)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Probabilities are off by {gap:0.000} on the mean: do not take them at their word; --calibrate mends that.");
        }
    }
}
