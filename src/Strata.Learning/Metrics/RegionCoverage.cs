namespace Strata.Learning.Metrics;

/// <summary>How often the truth lay within a row's interval or set.</summary>
/// <param name="Group">Which rows: all, those of a class, a quarter of the predicted numbers, or a declared group.</param>
/// <param name="RowCount">How many.</param>
/// <param name="Coverage">The share of them that was covered.</param>
/// <param name="Size">The mean width of the finite intervals, or the mean number of classes in a set.</param>
public sealed record CoverageOfGroup(string Group, int RowCount, double Coverage, double Size);

/// <summary>Intervals or sets beside the truth, overall and group by group.</summary>
/// <param name="Level">The share that was to be covered.</param>
/// <param name="Coverage">The share of the rows that was covered.</param>
/// <param name="Size">The mean width of the finite intervals, or the mean number of classes in a set.</param>
/// <param name="Groups">By true class, or by quarter of the predicted numbers.</param>
public sealed record RegionCoverage(double Level, double Coverage, double Size, IReadOnlyList<CoverageOfGroup> Groups)
{
    private const int Parts = 4;
    private const int LeastRowsOfPart = 20;
    private const int LeastRowsOfDeclared = 10;
    private const int MostDeclaredShown = 50;

    /// <summary>By declared group (star, patient, site) that has at least ten of the rows, the worst covered first, at most 50.</summary>
    public IReadOnlyList<CoverageOfGroup> DeclaredGroups { get; init; } = [];

    /// <summary>How many declared groups the rows are of; 0 where none are declared.</summary>
    public int DeclaredGroupCount { get; init; }

    /// <summary>The mean over all declared groups, each counted alike, of the share of its rows that was covered; null without groups.</summary>
    public double? MeanOfDeclaredGroups { get; init; }

    /// <param name="predictions">With intervals or sets; null comes of others.</param>
    /// <param name="rows">The same beside the truth.</param>
    /// <param name="groupNames">The declared groups' names by code; null to number them.</param>
    internal static RegionCoverage? Of(Predictions predictions, ScoredRows rows, IReadOnlyList<string>? groupNames)
    {
        if (predictions.Regions is not PredictedRegions regions)
        {
            return null;
        }

        int[] all = [.. Enumerable.Range(0, rows.Count)];
        CoverageOfGroup overall = Measure("all", all);
        CoverageOfGroup[] declared = rows.Groups is not int[] codes ? [] : [.. all.GroupBy(row => codes[row]).Select(group => Measure(groupNames?[group.Key] ?? $"group {group.Key + 1}", [.. group]))];
        return new RegionCoverage(regions.Level, overall.Coverage, overall.Size, [.. GroupsOf(predictions, rows).Select(group => Measure(group.Name, group.Rows))])
        {
            DeclaredGroups = [.. declared.Where(group => group.RowCount >= LeastRowsOfDeclared).OrderBy(group => group.Coverage).ThenByDescending(group => group.RowCount).Take(MostDeclaredShown)],
            DeclaredGroupCount = declared.Length,
            MeanOfDeclaredGroups = declared.Length == 0 ? null : declared.Average(group => group.Coverage),
        };

        CoverageOfGroup Measure(string name, int[] own) => new(
            name, own.Length, own.Average(row => IsCovered(regions, rows, row) ? 1.0 : 0), own.Select(row => SizeOf(regions, rows, row)).Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Average());
    }

    private static bool IsCovered(PredictedRegions regions, ScoredRows rows, int row) => rows is ScoredClasses classes
        ? regions.Sets[row * classes.ClassCount + classes.Codes[row]]
        : ((ScoredNumbers)rows).Actual[row] is double truth && truth >= regions.Lower[row] && truth <= regions.Upper[row];

    private static double SizeOf(PredictedRegions regions, ScoredRows rows, int row) => rows is ScoredClasses classes
        ? regions.Sets.AsSpan(row * classes.ClassCount, classes.ClassCount).Count(true)
        : regions.Upper[row] - regions.Lower[row];

    private static IEnumerable<(string Name, int[] Rows)> GroupsOf(Predictions predictions, ScoredRows rows)
    {
        if (rows is ScoredClasses classes)
        {
            return Enumerable.Range(0, rows.Count).GroupBy(row => classes.Codes[row]).OrderBy(group => group.Key).Select(group => (predictions.Classes[group.Key], group.ToArray()));
        }

        int[] order = [.. Enumerable.Range(0, rows.Count).OrderBy(row => predictions.Values[row])];
        return order.Length < Parts * LeastRowsOfPart ? [] : Enumerable.Range(0, Parts).Select(part => ($"quarter {part + 1} of predictions", order[(part * order.Length / Parts)..((part + 1) * order.Length / Parts)]));
    }
}
