using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;

namespace Strata.Learning.Validation.Leaks;

/// <summary>Declared groups with rows on both sides, and test rows earlier than training rows: no split of Strata's does so, but a test table of its own may.</summary>
internal static class SharedStructure
{
    private const double WarningShare = 0.01;
    private const double CriticalShare = 0.1;
    private const int MostNamed = 5;

    public static IEnumerable<LeakFinding> Of(AuditedTable rows) =>
        rows.Split is RowSplit { Train.Length: > 0, Test.Length: > 0 } split ? new[] { Groups(rows, split), Times(rows, split) }.OfType<LeakFinding>() : [];

    private static LeakFinding? Groups(AuditedTable rows, RowSplit split)
    {
        if (rows.Table.Groups is not int[] groups || rows.Table.Times is not null)
        {
            return null; // By time a group may stand on both sides: its past is known when its future is asked for.
        }

        var learned = split.Train.Select(row => groups[row]).ToHashSet();
        int[] known = [.. split.Test.Where(row => learned.Contains(groups[row]))];
        int[] shared = [.. known.Select(row => groups[row]).Distinct()];
        double share = (double)known.Length / split.Test.Length;
        string[] named = [.. shared.Select(group => rows.Names.Groups?[group] ?? group.ToString(CultureInfo.InvariantCulture))];
        return shared.Length == 0 ? null : new LeakFinding(
            LeakKind.SharedGroups, Severity(share), rows.Names.Group,
            $"{known.Length} of {split.Test.Length} test rows ({ColumnWarnings.Percent(share)}) are of groups{Of(rows.Names.Group)} that training rows are of too: {NearNames.List(named, MostNamed)}.",
            "Keep all rows of a group in one of the two tables.",
            new Dictionary<string, double> { ["shared_groups"] = shared.Length, ["test_rows"] = known.Length, ["test_share"] = share });
    }

    private static LeakFinding? Times(AuditedTable rows, RowSplit split)
    {
        if (rows.Table.Times is not double[] times || TimeSides.Of(times, split) is not { EarlierTestRows: > 0 } sides)
        {
            return null;
        }

        string example = rows.Names.Row is { } name ? $" The earliest is {name(split.Test.MinBy(row => times[row]))}, the last learned from {name(split.Train.MaxBy(row => times[row]))}." : string.Empty;
        return new LeakFinding(
            LeakKind.TimeReversed, Severity(sides.Share), rows.Names.Time,
            $"{sides.EarlierTestRows} of {sides.TestRows} test rows ({ColumnWarnings.Percent(sides.Share)}) are earlier than the last training row{By(rows.Names.Time)}{(sides.IsReversed ? ": the order of time is reversed" : string.Empty)}.{example}",
            "Test on rows that are later than every row learned from.", sides.Evidence);
    }

    private static LeakSeverity Severity(double share) => share >= CriticalShare ? LeakSeverity.Critical : share >= WarningShare ? LeakSeverity.Warning : LeakSeverity.Notice;

    private static string Of(string? column) => column is null ? string.Empty : $" of '{column}'";

    private static string By(string? column) => column is null ? string.Empty : $" by '{column}'";
}
