namespace Strata.Learning.Validation.Leaks;

/// <summary>How strongly two series of numbers go together.</summary>
internal static class Association
{
    private const int LeastRows = 20;

    /// <summary>Pearson's correlation over the rows where both are finite; 0 where one of them does not vary or the rows are few.</summary>
    public static double Pearson(double[] a, double[] b)
    {
        double count = 0, meanA = 0, meanB = 0, aa = 0, bb = 0, ab = 0;
        for (int row = 0; row < a.Length; row++)
        {
            if (double.IsFinite(a[row]) && double.IsFinite(b[row]))
            {
                count++;
                double da = a[row] - meanA, db = b[row] - meanB;
                meanA += da / count;
                meanB += db / count;
                aa += da * (a[row] - meanA);
                bb += db * (b[row] - meanB);
                ab += da * (b[row] - meanB);
            }
        }

        return count >= LeastRows && aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    /// <summary>Spearman's correlation: Pearson's of the ranks.</summary>
    public static double Spearman(double[] a, double[] b)
    {
        int[] rows = [.. Enumerable.Range(0, a.Length).Where(row => double.IsFinite(a[row]) && double.IsFinite(b[row]))];
        return Pearson(Ranks([.. rows.Select(row => a[row])]), Ranks([.. rows.Select(row => b[row])]));
    }

    /// <summary>How alike the target is in successive rows of an order, beyond chance: 0 for none, 1 for the same.</summary>
    public static double Succession(double[] target, int[] order, bool isClasses)
    {
        double[] before = [.. order.SkipLast(1).Select(row => target[row])], after = [.. order.Skip(1).Select(row => target[row])];
        if (!isClasses)
        {
            return Pearson(before, after);
        }

        double equal = before.Zip(after, (x, y) => x == y ? 1.0 : 0).DefaultIfEmpty(0).Average();
        double chance = target.GroupBy(value => value).Sum(group => Math.Pow((double)group.Count() / target.Length, 2));
        return chance >= 1 || order.Length < LeastRows ? 0 : (equal - chance) / (1 - chance);
    }

    /// <summary>Equal values share the mean of their ranks.</summary>
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        double[] sorted = [.. values];
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            foreach (int row in order.AsSpan(start..end))
            {
                ranks[row] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
