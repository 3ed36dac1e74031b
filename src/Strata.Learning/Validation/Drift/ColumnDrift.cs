namespace Strata.Learning.Validation.Drift;

/// <summary>How far a column's values now are from those of the reference.</summary>
/// <param name="Column">Its name.</param>
/// <param name="ReferenceCount">Values of the reference that are not missing.</param>
/// <param name="CurrentCount">Values now that are not missing.</param>
/// <param name="MissingBefore">The share of missing values in the reference.</param>
/// <param name="MissingNow">The share now.</param>
/// <param name="Stability">The population stability index over the reference's tenths or the levels, missing values a class of their own; 0.1 is usually called small, 0.25 large.</param>
/// <param name="Effect">From 0 to 1 how far apart the two are: the largest distance of the distribution functions for numbers, Cramér's V for levels. Null where there are too few values.</param>
/// <param name="PValue">How often chance alone gives that or more; null where there are too few values.</param>
public sealed record ColumnDrift(string Column, int ReferenceCount, int CurrentCount, double MissingBefore, double MissingNow, double Stability, double? Effect, double? PValue)
{
    /// <summary>With fewer values on a side nothing is tested.</summary>
    public const int LeastValues = 50;

    private const int Bins = 10;

    /// <summary>Of numbers, NaN where missing.</summary>
    public static ColumnDrift OfNumbers(string column, IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        double[] before = [.. reference.Where(value => !double.IsNaN(value)).Order()], now = [.. current.Where(value => !double.IsNaN(value)).Order()];
        double[] ends = before.Length == 0 ? [] : [.. Enumerable.Range(1, Bins - 1).Select(i => before[i * (before.Length - 1) / Bins]).Distinct()];
        int[] Counts(double[] values, int whole)
        {
            var counts = new int[ends.Length + 2];
            foreach (double value in values)
            {
                int place = Array.BinarySearch(ends, value);
                counts[place < 0 ? ~place : place]++;
            }

            counts[^1] = whole - values.Length;
            return counts;
        }

        bool isTested = before.Length >= LeastValues && now.Length >= LeastValues;
        double? distance = isTested ? KolmogorovSmirnov.Distance(before, now) : null;
        return new ColumnDrift(
            column, before.Length, now.Length, MissingShare(before.Length, reference.Count), MissingShare(now.Length, current.Count),
            PopulationStability.Of(Counts(before, reference.Count), Counts(now, current.Count)), distance,
            distance is double known ? KolmogorovSmirnov.PValue(known, before.Length, now.Length) : null);
    }

    /// <summary>Of levels, null where missing.</summary>
    public static ColumnDrift OfLevels(string column, IReadOnlyList<string?> reference, IReadOnlyList<string?> current)
    {
        string[] levels = [.. reference.Concat(current).OfType<string>().Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> placeOf = levels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[] Counts(IReadOnlyList<string?> values)
        {
            var counts = new int[levels.Length + 1];
            foreach (string? value in values)
            {
                counts[value is null ? levels.Length : placeOf[value]]++;
            }

            return counts;
        }

        int[] before = Counts(reference), now = Counts(current);
        int known = reference.Count - before[^1], knownNow = current.Count - now[^1];
        ChiSquareTest? test = known >= LeastValues && knownNow >= LeastValues ? ChiSquareTest.Of(before.AsSpan(0, levels.Length), now.AsSpan(0, levels.Length)) : null;
        return new ColumnDrift(
            column, known, knownNow, MissingShare(known, reference.Count), MissingShare(knownNow, current.Count), PopulationStability.Of(before, now), test?.CramersV, test?.PValue);
    }

    private static double MissingShare(int known, int whole) => whole == 0 ? 0 : 1 - (double)known / whole;
}
