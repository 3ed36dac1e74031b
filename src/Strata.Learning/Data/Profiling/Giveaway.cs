using System.Globalization;

namespace Strata.Learning.Data.Profiling;

/// <summary>
/// Looks for a column that alone tells the target: the mean target of each bin of the column is learned on one half of the rows and tried on the other, and the
/// other way round. Such a column often was written down after the outcome was known.
/// </summary>
internal static class Giveaway
{
    private const double SuspiciousArea = 0.95;
    private const double SuspiciousUncertainty = 0.5;
    private const double SuspiciousVariance = 0.98;
    private const double PureShare = 0.98;
    private const double PureErrorOfBase = 0.1;
    private const double LeastPureRowShare = 0.01;
    private const double MostBaseShare = 0.8;
    private const int LeastRows = 30;
    private const double LeastClassShare = 0.01;

    /// <param name="column">The column.</param>
    /// <param name="sorted">Its numbers, ascending, where it has numbers.</param>
    /// <param name="outcome">The target; null when nothing can be told about it.</param>
    public static IEnumerable<ProfileWarning> Of(Column column, double[] sorted, OutcomeCodes? outcome)
    {
        if (outcome is null || column is ArrayColumn || column.MissingCount == column.Count)
        {
            yield break;
        }

        if (column.MissingCount > 0 && Suspicion(ColumnBins.OfMissing(column), outcome) is (string byMissing, double missingScore, bool ofSome))
        {
            string message = $"Whether '{column.Name}' has a value alone tells '{outcome.Name}' {byMissing}: was it filled in after the outcome was known?";
            yield return new ProfileWarning(ProfileWarningKind.MissingnessPredictsTarget, message, column.Name, outcome.Name, missingScore) { OfSomeRows = ofSome };
        }
        else if (Suspicion(ColumnBins.Of(column, sorted), outcome) is (string evidence, double score, bool ofFew))
        {
            string message = $"'{column.Name}' alone tells '{outcome.Name}' {evidence}: was it known before the outcome?";
            yield return new ProfileWarning(ProfileWarningKind.PredictsTarget, message, column.Name, outcome.Name, score) { OfSomeRows = ofFew };
        }
    }

    private static (string Evidence, double Score, bool OfSomeRows)? Suspicion(ColumnBins bins, OutcomeCodes outcome) =>
        outcome.Numbers is double[] numbers ? OfNumbers(bins, outcome, numbers) : OfClasses(bins, outcome);

    /// <summary>The share of the target's variance, or of its classes' uncertainty, that the column alone explains on rows it was not learned from; below 0 when it misleads.</summary>
    public static double Explained(Column column, double[] sorted, OutcomeCodes outcome)
    {
        ColumnBins bins = ColumnBins.Of(column, sorted);
        return outcome.Numbers is double[] numbers ? ExplainedVariance(bins, outcome, numbers) : new HeldOutTable(CountsOf(bins, outcome), outcome.Classes.Count).ExplainedUncertainty();
    }

    private static (string Evidence, double Score, bool OfSomeRows)? OfNumbers(ColumnBins bins, OutcomeCodes outcome, double[] numbers)
    {
        double explained = ExplainedVariance(bins, outcome, numbers);
        return explained >= SuspiciousVariance ? ($"nearly exactly ({ColumnWarnings.Percent(explained)} of its variance on held-out rows)", explained, false) : null;
    }

    private static double ExplainedVariance(ColumnBins bins, OutcomeCodes outcome, double[] numbers)
    {
        var sums = new double[2 * bins.Count];
        var squares = new double[2 * bins.Count];
        var counts = new double[2 * bins.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (outcome.Codes[row] >= 0)
            {
                int cell = 2 * bins.BinOf[row] + (outcome.InSecondHalf[row] ? 1 : 0);
                sums[cell] += numbers[row];
                squares[cell] += numbers[row] * numbers[row];
                counts[cell]++;
            }
        }

        double error = 0;
        for (int cell = 0; cell < counts.Length; cell++)
        {
            int otherHalf = cell ^ 1;
            double mean = counts[otherHalf] > 0 ? sums[otherHalf] / counts[otherHalf] : 0;
            error += squares[cell] - 2 * mean * sums[cell] + mean * mean * counts[cell];
        }

        return 1 - error / squares.Sum();
    }

    private static (string Evidence, double Score, bool OfSomeRows)? OfClasses(ColumnBins bins, OutcomeCodes outcome)
    {
        int classCount = outcome.Classes.Count;
        var table = new HeldOutTable(CountsOf(bins, outcome), classCount);
        (int bestClass, double area) = BestTold(table, classCount);
        double explained = table.ExplainedUncertainty();
        string told = bestClass < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"'{outcome.Classes[bestClass]}' from the rest with an area under the ROC curve of {area:0.000}");
        return classCount == 2 && area >= SuspiciousArea ? ($"nearly perfectly ({told} on held-out rows)", area, false)
            : explained >= SuspiciousUncertainty ? ($"for the greater part ({ColumnWarnings.Percent(explained)} of its uncertainty on held-out rows, {told})", explained, false)
            : PureFlag(bins, outcome, table);
    }

    /// <summary>[bins, halves, classes]</summary>
    private static double[] CountsOf(ColumnBins bins, OutcomeCodes outcome)
    {
        int classCount = outcome.Classes.Count;
        var counts = new double[2 * bins.Count * classCount];
        for (int row = 0; row < outcome.Codes.Length; row++)
        {
            if (outcome.Codes[row] >= 0)
            {
                counts[(2 * bins.BinOf[row] + (outcome.InSecondHalf[row] ? 1 : 0)) * classCount + outcome.Codes[row]]++;
            }
        }

        return counts;
    }

    /// <summary>The class that is told best from the rest, and how well; -1 when all are too rare.</summary>
    private static (int Code, double Area) BestTold(HeldOutTable table, int classCount) => Enumerable.Range(0, classCount)
        .Where(code => table.ClassShare(code) >= LeastClassShare && table.ClassRows(code) >= LeastRows && table.ClassRows(code) < table.RowCount)
        .Select(code => (code, table.Area(code)))
        .DefaultIfEmpty((-1, 0.5))
        .MaxBy(scored => scored.Item2);

    /// <summary>A flag that is seldom set but then decides: a value of two nearly all of whose rows have the same class, in both halves.</summary>
    private static (string Evidence, double Score, bool OfSomeRows)? PureFlag(ColumnBins bins, OutcomeCodes outcome, HeldOutTable table)
    {
        foreach ((string label, int bin) in bins.Flags ?? [])
        {
            (int code, double purity, double rows) = table.Purity(bin);
            double share = table.ClassShare(code);
            bool enough = rows >= Math.Max(LeastRows, LeastPureRowShare * table.RowCount);
            if (enough && share <= MostBaseShare && purity >= PureShare && 1 - purity <= PureErrorOfBase * (1 - share))
            {
                return ($"in part ({ColumnWarnings.Percent(purity)} of the {rows:0} rows where it is {label} are '{outcome.Classes[code]}', as are {ColumnWarnings.Percent(share)} of all)", purity, true);
            }
        }

        return null;
    }
}
