using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Validation.Leaks;

/// <summary>Dates among the features of rows that are alike when near in time, while no time is declared: a random split then asks about the past of its training rows.</summary>
internal static class TimeOrder
{
    private const double LeastAlike = 0.2;
    private const double LeastDeviations = 6;
    private const int LeastMoments = 20;
    private static readonly string[] TimeNames = ["date", "time", "timestamp", "datetime", "year", "month", "week", "day", "period", "quarter"];

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        if (rows.Table.Times is not null)
        {
            yield break;
        }

        foreach (Column column in rows.Sample.Features.Columns.Where(IsTime))
        {
            TimeSides? sides = rows.Split is RowSplit split ? TimeSides.Of(AuditedTable.NumbersOf(rows.Table.Features[column.Name])!, split) : null;
            if (sides is { IsReversed: true } && rows.Names.IsTestApart)
            {
                yield return new LeakFinding(
                    LeakKind.TimeReversed, LeakSeverity.Warning, column.Name,
                    $"By '{column.Name}' nearly all test rows are earlier than the training rows: the model is asked about the past of what it learned from.",
                    "Swap the tables, or test on later rows.", sides.Evidence);
                continue;
            }

            if (sides is { EarlierTestRows: 0 })
            {
                continue;
            }

            int[] dated = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).OrderBy(column.NumberAt)];
            if (dated.Select(column.NumberAt).Distinct().Take(LeastMoments).Count() < LeastMoments)
            {
                continue;
            }

            double alike = Association.Succession(rows.TargetNumbers, dated, rows.IsClasses);
            if (alike >= LeastAlike && alike * Math.Sqrt(dated.Length) >= LeastDeviations)
            {
                yield return new LeakFinding(
                    LeakKind.TimeIgnored, LeakSeverity.Warning, column.Name,
                    string.Create(CultureInfo.InvariantCulture, $"In the order of '{column.Name}', successive rows have similar '{rows.TargetName}' ({alike:0.00} on a scale from 0 to 1), but the split mixes earlier and later rows."),
                    $"Declare it (--time {column.Name}): then tests are on later rows than those learned from.", new Dictionary<string, double> { ["alike_in_order"] = alike });
            }
        }
    }

    private static bool IsTime(Column column) => column.Type == ColumnType.Date
        || (column.IsNumeric && column.Type != ColumnType.Boolean && Array.Exists(NameWords.Of(column.Name), word => TimeNames.Contains(word)));
}
