using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;

namespace Strata.Learning.Validation.Leaks;

/// <summary>Columns that were probably written down after the outcome: filled only where it is known, dated later than the row, or named so.</summary>
internal static class LaterColumns
{
    private const int LeastUnlabelled = 20;
    private const double LaterShare = 0.95;
    private const double NoticeableHold = 0.1;
    private const string Advice = "Leave it out unless it is known when a prediction is asked for.";
    private static readonly string[] LaterWords = ["after", "post", "outcome", "result", "final", "future", "next", "lead", "discharge", "closed", "cancelled", "canceled", "cancellation", "resolution", "resolved", "settled", "verdict"];

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        foreach (Column column in rows.Sample.Features.Columns)
        {
            if ((FilledWithTarget(column, rows) ?? DatedLater(column, rows) ?? NamedLater(column, rows)) is LeakFinding finding)
            {
                yield return finding;
            }
        }
    }

    private static LeakFinding? FilledWithTarget(Column column, AuditedTable rows)
    {
        if (rows.WithoutTarget?.TryGet(column.Name) is not Column unlabelled || unlabelled.Count < LeastUnlabelled)
        {
            return null;
        }

        double known = 1 - (double)column.MissingCount / column.Count, unknown = 1 - (double)unlabelled.MissingCount / unlabelled.Count;
        return known >= 0.5 && unknown <= 0.02 * known
            ? new LeakFinding(
                LeakKind.AfterOutcome, LeakSeverity.Critical, column.Name,
                $"'{column.Name}' has a value in {ColumnWarnings.Percent(known)} of the rows with a known '{rows.TargetName}' and in {ColumnWarnings.Percent(unknown)} of the {unlabelled.Count} rows without: it is filled in with the outcome.",
                Advice, new Dictionary<string, double> { ["filled_with_target"] = known, ["filled_without_target"] = unknown })
            : null;
    }

    private static LeakFinding? DatedLater(Column column, AuditedTable rows)
    {
        if (rows.Sample.Times is not double[] times || column.Type != ColumnType.Date)
        {
            return null;
        }

        int[] dated = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        double later = dated.Length < LeastUnlabelled ? 0 : dated.Average(row => column.NumberAt(row) > times[row] ? 1.0 : 0);
        return later >= LaterShare
            ? new LeakFinding(
                LeakKind.AfterOutcome, LeakSeverity.Warning, column.Name,
                $"'{column.Name}' is later than the row's own time in {ColumnWarnings.Percent(later)} of the rows: at that time it was not known.", Advice,
                new Dictionary<string, double> { ["later_share"] = later })
            : null;
    }

    /// <summary>A name alone is a notice; a warning when the column, or its being filled, also goes with the target.</summary>
    private static LeakFinding? NamedLater(Column column, AuditedTable rows)
    {
        string[] words = NameWords.Of(column.Name);
        string[] target = NameWords.Of(rows.TargetName);
        bool ofTarget = target.Length > 0 && words.Length > target.Length && target.Any(word => word.Length > 3) && target.All(word => words.Contains(word));
        string? said = words.FirstOrDefault(LaterWords.Contains);
        if (said is null && !ofTarget)
        {
            return null;
        }

        double hold = Hold(column, rows);
        string why = ofTarget ? $"contains the name of the target '{rows.TargetName}'" : $"says '{said}'";
        return hold < NoticeableHold ? null : new LeakFinding(
            LeakKind.AfterOutcome, LeakSeverity.Warning, column.Name,
            string.Create(CultureInfo.InvariantCulture, $"The name '{column.Name}' {why}, and the column alone explains {100 * hold:0}% of '{rows.TargetName}' on held-out rows: was it known before the outcome?"),
            Advice, new Dictionary<string, double> { ["explained"] = hold });
    }

    /// <summary>The share of the target's variance, or of its classes' uncertainty, that the column alone explains.</summary>
    private static double Hold(Column column, AuditedTable rows) => OutcomeCodes.Of(rows.TargetColumn) is OutcomeCodes outcome && column.MissingCount < column.Count
        ? Giveaway.Explained(column, ColumnSummary.HasNumbers(column) ? NumberSort.Sorted(column) : [], outcome)
        : 0;
}
