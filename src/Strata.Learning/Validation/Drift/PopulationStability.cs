namespace Strata.Learning.Validation.Drift;

/// <summary>The population stability index: <c>sum (q - p) ln(q / p)</c> over classes, p and q their shares before and now.</summary>
public static class PopulationStability
{
    /// <summary>Half a value is thought added to each class, so that an empty one does not make it infinite; 0 where a side has none.</summary>
    /// <param name="before">Counts by class.</param>
    /// <param name="now">Counts by the same classes.</param>
    public static double Of(ReadOnlySpan<int> before, ReadOnlySpan<int> now)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(now.Length, before.Length);
        long beforeSum = 0, nowSum = 0;
        int used = 0;
        for (int i = 0; i < before.Length; i++)
        {
            (beforeSum, nowSum) = (beforeSum + before[i], nowSum + now[i]);
            used += before[i] + now[i] > 0 ? 1 : 0;
        }

        double index = 0;
        for (int i = 0; i < before.Length && beforeSum > 0 && nowSum > 0; i++)
        {
            if (before[i] + now[i] > 0)
            {
                double p = (before[i] + 0.5) / (beforeSum + 0.5 * used), q = (now[i] + 0.5) / (nowSum + 0.5 * used);
                index += (q - p) * Math.Log(q / p);
            }
        }

        return index;
    }
}
