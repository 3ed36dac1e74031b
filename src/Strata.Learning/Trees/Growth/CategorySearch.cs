namespace Strata.Learning.Trees.Growth;

/// <summary>
/// Finds the best division of a category column's levels: each level alone against the rest, or, when there are more, cuts of the levels in the order of their
/// gradient per hessian, which holds the best division of a convex loss (Fisher 1958); smoothing and limits as in LightGBM. Missing is a level like the others.
/// </summary>
internal static class CategorySearch
{
    /// <summary>Replaces <paramref name="best"/> when the column has a better split.</summary>
    public static void Levels(int column, in ColumnSums sums, in SplitQuestion question, CategoryLimits limits, ref Split best)
    {
        Span<byte> present = stackalloc byte[HistogramKernels.BinsPerColumn];
        int count = 0;
        for (int bin = 0; bin < sums.BinCount; bin++)
        {
            if (sums.Hessian(bin) > 0)
            {
                present[count++] = (byte)bin;
            }
        }

        if (count < 2)
        {
            return;
        }

        if (sums.BinCount - 1 <= limits.OneAgainstRest)
        {
            EachAlone(column, sums, question, present[..count], ref best);
        }
        else
        {
            InOrder(column, sums, question, limits, present[..count], ref best);
        }
    }

    private static void EachAlone(int column, in ColumnSums sums, in SplitQuestion question, ReadOnlySpan<byte> levels, ref Split best)
    {
        foreach (byte level in levels)
        {
            Try(column, sums, question, [level], sums.Gradient(level), sums.Hessian(level), question.L2, ref best);
        }
    }

    private static void InOrder(int column, in ColumnSums sums, in SplitQuestion question, CategoryLimits limits, ReadOnlySpan<byte> present, ref Split best)
    {
        Span<byte> levels = stackalloc byte[present.Length];
        Span<double> keys = stackalloc double[present.Length];
        int count = 0;
        double smoothing = limits.Smoothing * sums.Packing.HessianScale, least = limits.MinHessian * sums.Packing.HessianScale;
        foreach (byte level in present)
        {
            double hessian = sums.Hessian(level);
            if (hessian * question.WeightPerHessian >= limits.Smoothing)
            {
                levels[count] = level;
                keys[count++] = hessian < least ? 0 : sums.Gradient(level) / (hessian + smoothing);
            }
        }

        levels = levels[..count];
        keys[..count].Sort(levels, static (a, b) => a.CompareTo(b));
        double l2 = question.L2 + question.CategoryL2;
        Cut(column, sums, question, limits, levels, keys[..count], l2, ref best);
        levels.Reverse();
        keys[..count].Reverse();
        Cut(column, sums, question, limits, levels, keys[..count], l2, ref best);
    }

    /// <summary>Tries the first levels, more and more of them, against all others.</summary>
    private static void Cut(
        int column, in ColumnSums sums, in SplitQuestion question, CategoryLimits limits, ReadOnlySpan<byte> levels, ReadOnlySpan<double> keys, double l2, ref Split best)
    {
        bool ascending = keys.Length > 1 && keys[0] <= keys[^1];
        long gradient = 0, hessian = 0;
        double group = 0;
        int most = Math.Min(limits.MostLevels, (levels.Length + 1) / 2);
        for (int i = 0; i < most; i++)
        {
            gradient += sums.Gradient(levels[i]);
            hessian += sums.Hessian(levels[i]);
            group += sums.Hessian(levels[i]) * question.WeightPerHessian;
            bool allowed = hessian >= question.MinHessian && (question.Hessian - hessian) * question.WeightPerHessian >= limits.MinRowsPerGroup;
            if (allowed && group >= limits.MinRowsPerGroup)
            {
                group = 0;
                if (Try(column, sums, question, levels[..(i + 1)], gradient, hessian, l2, ref best) && (ascending ? keys[i] > 0 : keys[i] < 0))
                {
                    AddAbsent(sums, ref best);
                }
            }
        }
    }

    /// <summary>Levels that no row here has stand where a gradient of zero would, and go left when the cut lies beyond.</summary>
    private static void AddAbsent(in ColumnSums sums, ref Split best)
    {
        for (int bin = 1; bin < sums.BinCount; bin++)
        {
            if (sums.Hessian(bin) == 0)
            {
                best.Left.Add(bin);
            }
        }
    }

    /// <summary>Replaces <paramref name="best"/> by this division when it is better, and says so.</summary>
    private static bool Try(
        int column, in ColumnSums sums, in SplitQuestion question, ReadOnlySpan<byte> left, long gradient, long hessian, double l2, ref Split best)
    {
        long rightHessian = question.Hessian - hessian;
        if (hessian < question.MinHessian || rightHessian < question.MinHessian)
        {
            return false;
        }

        double score = question.Score(gradient, hessian, l2) + question.Score(question.Gradient - gradient, rightHessian, l2);
        if (score <= (best.IsFound ? best.Score : question.Floor))
        {
            return false;
        }

        var set = default(BinSet);
        foreach (byte level in left)
        {
            set.Add(level);
        }

        // Where no missing value is at hand they go with the larger side.
        bool missingLeft = sums.Hessian(0) > 0 ? set.Contains(0) : 2 * hessian >= question.Hessian;
        if (missingLeft)
        {
            set.Add(0);
        }

        best = new Split { Column = column, Bin = -1, MissingLeft = missingLeft, Left = set, Score = score, LeftGradient = gradient, LeftHessian = hessian, ExtraL2 = l2 - question.L2 };
        return true;
    }
}
