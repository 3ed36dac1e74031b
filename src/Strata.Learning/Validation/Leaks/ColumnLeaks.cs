using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;

namespace Strata.Learning.Validation.Leaks;

/// <summary>What single columns know of the target, and columns that name the row.</summary>
internal static class ColumnLeaks
{
    private const double CopyCorrelation = 0.999;
    private const double NoisyCopyCorrelation = 0.99;
    private const double Considerable = 0.8;
    private const double NearCertain = 0.995;
    private const double IdOrderAlike = 0.2;
    private const string DropIt = "Leave it out unless it is known when a prediction is asked for.";

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        OutcomeCodes? outcome = OutcomeCodes.Of(rows.TargetColumn);
        var found = new LeakFinding[rows.Sample.Features.ColumnCount][];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = rows.Cancellation }, i =>
        {
            Column sampled = rows.Sample.Features.Columns[i];
            LeakFinding? telling = TargetCopy(sampled, rows) ?? Bands(sampled, rows) ?? Encoding(sampled, rows) ?? Telling(sampled, outcome);
            found[i] = [.. new[] { telling, Identifier(rows.Table.Features.Columns[i], sampled, rows) }.OfType<LeakFinding>()];
        });
        return found.SelectMany(each => each);
    }

    /// <summary>The target itself, in another unit, or by a rising or falling function; for classes one level a class.</summary>
    private static LeakFinding? TargetCopy(Column column, AuditedTable rows)
    {
        const string advice = "Leave it out: it is the answer itself.";
        if (rows.IsClasses)
        {
            return OneLevelEach(column, rows) is double same and >= NearCertain
                ? new LeakFinding(LeakKind.TargetCopy, LeakSeverity.Critical, column.Name, $"'{column.Name}' is the target '{rows.TargetName}' in other words: its values stand for the classes in {ColumnWarnings.Percent(same)} of the rows.", advice, Figure("agreement", same))
                : null;
        }

        if (AuditedTable.NumbersOf(column) is not double[] numbers)
        {
            return null;
        }

        double linear = Association.Pearson(numbers, rows.TargetNumbers), ranked = Association.Spearman(numbers, rows.TargetNumbers);
        string? how = Math.Abs(linear) >= CopyCorrelation ? Text($"its correlation with it is {linear:0.0000}")
            : Math.Abs(ranked) >= CopyCorrelation ? Text($"it orders the rows the same way (rank correlation {ranked:0.0000})")
            : Math.Abs(linear) >= NoisyCopyCorrelation && Math.Abs(ranked) >= NoisyCopyCorrelation ? Text($"its correlation with it is {linear:0.0000}, as of a copy with noise")
            : null;
        return how is null ? null : new LeakFinding(
            LeakKind.TargetCopy, LeakSeverity.Critical, column.Name, $"'{column.Name}' is the target '{rows.TargetName}' or a function of it: {how}.", advice,
            new Dictionary<string, double> { ["correlation"] = linear, ["rank_correlation"] = ranked });
    }

    /// <summary>The share of rows that agree with one class a level and one level a class; null when the column has fewer or many more levels than classes.</summary>
    private static double? OneLevelEach(Column column, AuditedTable rows)
    {
        int classCount = ((CategoryColumn)rows.TargetColumn).Levels.Count;
        if (column is SparseNumberColumn sparse && sparse.Rows.Length + rows.LargestClass < NearCertain * column.Count)
        {
            return null; // Too many rows have the common value for it to stand for one class.
        }

        var counts = new Dictionary<(string Level, int Code), int>();
        var levels = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < column.Count && levels.Count <= classCount; row++)
        {
            string level = column.TextAt(row) ?? string.Empty;
            levels.Add(level);
            counts[(level, (int)rows.TargetNumbers[row])] = counts.GetValueOrDefault((level, (int)rows.TargetNumbers[row])) + 1;
        }

        int present = rows.TargetNumbers.Distinct().Count();
        if (levels.Count != present || present < 2 || column.Count < 50)
        {
            return null;
        }

        var best = levels.ToDictionary(level => level, level => counts.Where(pair => pair.Key.Level == level).MaxBy(pair => pair.Value));
        return best.Values.Select(pair => pair.Key.Code).Distinct().Count() == present ? (double)best.Values.Sum(pair => pair.Value) / column.Count : null;
    }

    /// <summary>A number target cut into bands: the target's ranges by level do not overlap.</summary>
    private static LeakFinding? Bands(Column column, AuditedTable rows)
    {
        const int leastRowsEach = 5;
        if (rows.IsClasses || column.Count < 100)
        {
            return null;
        }

        var ranges = new Dictionary<string, (double Low, double High, int Count)>(StringComparer.Ordinal);
        for (int row = 0; row < column.Count && ranges.Count <= column.Count / leastRowsEach; row++)
        {
            if (column.TextAt(row) is string level)
            {
                double value = rows.TargetNumbers[row];
                ranges[level] = ranges.TryGetValue(level, out var range) ? (Math.Min(range.Low, value), Math.Max(range.High, value), range.Count + 1) : (value, value, 1);
            }
        }

        (double Low, double High, int Count)[] ordered = [.. ranges.Values.OrderBy(range => range.Low).ThenBy(range => range.High)];
        bool disjoint = ordered.Length >= 3 && ordered.Length <= column.Count / leastRowsEach && ordered.Zip(ordered.Skip(1), (a, b) => a.High <= b.Low).All(below => below);
        return disjoint
            ? new LeakFinding(LeakKind.TargetCopy, LeakSeverity.Critical, column.Name, $"'{column.Name}' is the target '{rows.TargetName}' in bands: the target's ranges at its {ordered.Length} values do not overlap.", "Leave it out: it is made of the answer.", Figure("bands", ordered.Length))
            : null;
    }

    /// <summary>A number that equals the mean target of the rows that share it: a target encoding of all rows, tested ones included.</summary>
    private static LeakFinding? Encoding(Column column, AuditedTable rows)
    {
        const int leastGroups = 8;
        if (AuditedTable.NumbersOf(column) is not double[] numbers || column.Type is not (ColumnType.Float32 or ColumnType.Float64))
        {
            return null;
        }

        int codes = rows.IsClasses ? ((CategoryColumn)rows.TargetColumn).Levels.Count : 1;
        int[][] groups = [.. Enumerable.Range(0, numbers.Length).Where(row => double.IsFinite(numbers[row])).GroupBy(row => numbers[row]).Select(group => group.ToArray())];
        if (groups.Length < leastGroups || groups.Length > numbers.Length / 2)
        {
            return null;
        }

        for (int code = codes == 2 ? 1 : 0; code < codes; code++)
        {
            double gap = 0, spread = 0, overall = rows.TargetNumbers.Average(Outcome);
            foreach (int[] group in groups)
            {
                double mean = group.Average(row => Outcome(rows.TargetNumbers[row])), value = numbers[group[0]];
                gap += group.Length * (mean - value) * (mean - value);
                spread += group.Length * (mean - overall) * (mean - overall);
            }

            // A true encoding hits every mean; a sample of the rows misses them by a little.
            if (spread > 0 && gap / spread < (rows.Sample == rows.Table ? 1e-6 : 0.05))
            {
                return new LeakFinding(
                    LeakKind.TargetEncoding, LeakSeverity.Critical, column.Name,
                    $"'{column.Name}' holds the mean of '{rows.TargetName}' over the rows that share a value ({groups.Length} values): test rows are in these means.",
                    "Leave it out and let the preparation step encode categories by the target inside each fold.", Figure("groups", groups.Length));
            }

            double Outcome(double target) => rows.IsClasses ? (target == code ? 1 : 0) : target;
        }

        return null;
    }

    private static LeakFinding? Telling(Column column, OutcomeCodes? outcome)
    {
        double[] sorted = ColumnSummary.HasNumbers(column) ? NumberSort.Sorted(column) : [];
        return Giveaway.Of(column, sorted, outcome).FirstOrDefault() is not ProfileWarning warning ? null : new LeakFinding(
            warning.Kind == ProfileWarningKind.MissingnessPredictsTarget ? LeakKind.MissingnessTellsTarget : LeakKind.TellsTarget,
            warning.OfSomeRows || warning.Score < Considerable ? LeakSeverity.Notice : warning.Score >= NearCertain ? LeakSeverity.Critical : LeakSeverity.Warning,
            column.Name, warning.Message, DropIt, Figure("score", warning.Score ?? double.NaN));
    }

    private static LeakFinding? Identifier(Column column, Column sampled, AuditedTable rows)
    {
        if (column.Type is not (ColumnType.Int64 or ColumnType.Text or ColumnType.Category))
        {
            return null;
        }

        double[] sorted = ColumnSummary.HasNumbers(column) ? NumberSort.Sorted(column) : [];
        if (ColumnWarnings.Of(column, ColumnSummary.Of(column, sorted)).FirstOrDefault(warning => warning.Kind == ProfileWarningKind.IdLike) is not ProfileWarning warning)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, sampled.Count).OrderBy(row => column.IsNumeric ? sampled.NumberAt(row) : 0).ThenBy(sampled.TextAt, StringComparer.Ordinal)];
        double alike = Association.Succession(rows.TargetNumbers, order, rows.IsClasses);
        bool tells = alike >= IdOrderAlike && alike * Math.Sqrt(order.Length) > 5;
        string seen = tells ? Text($" Rows near one another by it have the same '{rows.TargetName}' more often than chance ({alike:0.00} on a scale from 0 to 1): it gives the outcome away.") : string.Empty;
        return new LeakFinding(
            LeakKind.IdLike, tells ? LeakSeverity.Critical : LeakSeverity.Notice, column.Name, warning.Message + seen,
            "Leave it out: new rows will have identifiers that no model has seen.", new Dictionary<string, double> { ["distinct_share"] = warning.Score ?? 1, ["alike_in_order"] = alike });
    }

    private static Dictionary<string, double> Figure(string name, double value) => new() { [name] = value };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
