using Strata.Learning.Data;
using Strata.Learning.Validation.Drift;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>How the columns of two cohorts differ.</summary>
internal static class CohortDistributions
{
    private const int MostLevels = 50;

    /// <summary>The most different column first.</summary>
    public static IReadOnlyList<CohortColumn> Of(Frame first, Frame second) => [.. first.Columns.Select((column, i) => Of(column, second.Columns[i])).OrderByDescending(column => column.Distance ?? -1)];

    private static CohortColumn Of(Column first, Column second)
    {
        double missing = Missing(first), otherMissing = Missing(second);
        if (!first.HasNumbers)
        {
            return new CohortColumn(first.Name, null, null, null, missing, otherMissing, []);
        }

        if (first is CategoryColumn || first.Type == ColumnType.Boolean)
        {
            string[] levels = [.. Levels(first).Union(Levels(second), StringComparer.Ordinal)];
            LevelShare[] shares = [.. levels.Select(level => new LevelShare(level, Share(first, level), Share(second, level))).OrderByDescending(share => Math.Abs(share.First - share.Second))];
            double apart = shares.Sum(share => Math.Abs(share.First * (1 - missing) - share.Second * (1 - otherMissing))) + Math.Abs(missing - otherMissing);
            return new CohortColumn(first.Name, apart / 2, null, null, missing, otherMissing, [.. shares.Take(MostLevels)]);
        }

        // A missing value counts as one below all others.
        double[] Numbers(Column column) => [.. Enumerable.Range(0, column.Count).Select(row => column.NumberAt(row) is double number && !double.IsNaN(number) ? number : double.NegativeInfinity).Order()];
        return new CohortColumn(first.Name, KolmogorovSmirnov.Distance(Numbers(first), Numbers(second)), Mean(first), Mean(second), missing, otherMissing, []);
    }

    private static double Missing(Column column) => (double)column.MissingCount / column.Count;

    private static IEnumerable<string> Levels(Column column) => Enumerable.Range(0, column.Count).Select(column.TextAt).OfType<string>().Distinct(StringComparer.Ordinal);

    private static double Share(Column column, string level) =>
        column.Count == column.MissingCount ? 0 : Enumerable.Range(0, column.Count).Count(row => column.TextAt(row) == level) / (double)(column.Count - column.MissingCount);

    private static double? Mean(Column column)
    {
        double[] numbers = [.. Enumerable.Range(0, column.Count).Select(column.NumberAt).Where(double.IsFinite)];
        return numbers.Length == 0 ? null : numbers.Average();
    }
}
