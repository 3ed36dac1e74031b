namespace Strata.Learning.Validation.Drift;

/// <summary>Benjamini and Hochberg's correction (1995): calling everything at or below a level a discovery, no more than that share of the discoveries is expected to be chance.</summary>
public static class FalseDiscoveryRate
{
    /// <summary>The adjusted p-values, in the order of the given ones; null stays null and counts for nothing.</summary>
    public static double?[] Adjust(IReadOnlyList<double?> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        int[] byValue = [.. Enumerable.Range(0, pValues.Count).Where(i => pValues[i] is not null).OrderByDescending(i => pValues[i])];
        var adjusted = new double?[pValues.Count];
        double least = 1;
        for (int place = 0; place < byValue.Length; place++)
        {
            least = Math.Min(least, pValues[byValue[place]]!.Value * byValue.Length / (byValue.Length - place));
            adjusted[byValue[place]] = least;
        }

        return adjusted;
    }
}
