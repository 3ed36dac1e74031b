using Strata.Tensors;

namespace Strata.Learning.Data;

public static partial class RowSplits
{
    /// <summary>Every row is tested once, in random folds whose sizes differ by at most one.</summary>
    public static RowSplit[] KFold(int rowCount, int foldCount, ulong seed)
    {
        CheckFolds(foldCount, rowCount, "rows");
        return Deal(ShuffledRows(rowCount, seed), foldCount);
    }

    /// <summary>Every row is tested once; each class's counts, and the sizes, differ between folds by at most one.</summary>
    /// <exception cref="DataException">No class has as many rows as there are folds.</exception>
    public static RowSplit[] StratifiedKFold(int[] classCodes, int foldCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classCodes);
        CheckFolds(foldCount, classCodes.Length, "rows");
        int[][] rowsOf = RowsOfClasses(classCodes, seed);
        int most = rowsOf.Max(rows => rows.Length);
        if (most < foldCount)
        {
            throw new DataException($"The largest class has {most} rows; {foldCount} stratified folds need at least {foldCount}.");
        }

        return Deal([.. rowsOf.SelectMany(rows => rows)], foldCount);
    }

    /// <summary>Every row is tested once and no group is split apart; folds have as equal numbers of rows as the groups allow.</summary>
    public static RowSplit[] GroupKFold(int[] groups, int foldCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return StratifiedGroupKFold(new int[groups.Length], groups, foldCount, seed);
    }

    /// <summary>Every row is tested once and no group is split apart; large groups first, each goes where its classes are rarest (as scikit-learn's StratifiedGroupKFold).</summary>
    public static RowSplit[] StratifiedGroupKFold(int[] classCodes, int[] groups, int foldCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classCodes);
        ArgumentNullException.ThrowIfNull(groups);
        var blocks = new GroupBlocks(classCodes, groups);
        CheckFolds(foldCount, blocks.Count, "groups");

        int[] order = [.. Enumerable.Range(0, blocks.Count)];
        RandomSource.For(seed, "folds by group").Shuffle<int>(order);
        int[] foldOfGroup = new int[blocks.Count];
        var counts = new double[foldCount][];
        var rows = new int[foldCount];
        var groupCounts = new int[foldCount];
        for (int fold = 0; fold < foldCount; fold++)
        {
            counts[fold] = new double[blocks.ClassTotals.Length];
        }

        int left = blocks.Count;
        foreach (int group in order.OrderByDescending(blocks.Spread))
        {
            int empty = groupCounts.Count(0);
            int best = -1;
            double bestCrowd = double.PositiveInfinity;
            for (int fold = 0; fold < foldCount; fold++)
            {
                if (left <= empty && groupCounts[fold] > 0)
                {
                    continue; // The last groups fill the folds that have none.
                }

                double crowd = blocks.Crowd(group, counts[fold]);
                if (best < 0 || crowd < bestCrowd - 1e-12 || (crowd <= bestCrowd + 1e-12 && rows[fold] < rows[best]))
                {
                    (best, bestCrowd) = (fold, crowd);
                }
            }

            blocks.Move(group, 1, counts[best]);
            rows[best] += blocks.Size(group);
            groupCounts[best]++;
            foldOfGroup[group] = best;
            left--;
        }

        var foldOfRow = new int[groups.Length];
        for (int row = 0; row < foldOfRow.Length; row++)
        {
            foldOfRow[row] = foldOfGroup[blocks.GroupOf(row)];
        }

        return RowSplit.OfFolds(foldOfRow, foldCount);
    }

    /// <summary>
    /// Expanding window: fold i learns from everything before its test part, and the test parts follow one another to the end. Rows of one
    /// moment stay together. The earliest rows are never tested.
    /// </summary>
    public static RowSplit[] TimeFolds(double[] times, int foldCount)
    {
        ArgumentNullException.ThrowIfNull(times);
        CheckFolds(foldCount, times.Length, "rows");
        int[] order = RowsByTime(times);
        int[] starts = MomentStarts(times, order);
        if (starts.Length < foldCount + 1)
        {
            throw new DataException($"There are {starts.Length} different times; {foldCount} folds by time need at least {foldCount + 1}.");
        }

        int testCount = Math.Max(1, times.Length / (foldCount + 1));
        var cuts = new int[foldCount + 1];
        cuts[foldCount] = times.Length;
        for (int fold = 0, moment = 0; fold < foldCount; fold++)
        {
            int wanted = times.Length - (foldCount - fold) * testCount;
            int last = starts.Length - (foldCount - fold);
            moment++;
            while (moment < last && Math.Abs(starts[moment + 1] - wanted) <= Math.Abs(starts[moment] - wanted))
            {
                moment++;
            }

            cuts[fold] = starts[moment];
        }

        var folds = new RowSplit[foldCount];
        for (int fold = 0; fold < foldCount; fold++)
        {
            folds[fold] = new RowSplit(Ascending(order.AsSpan(0, cuts[fold])), Ascending(order.AsSpan(cuts[fold]..cuts[fold + 1])));
        }

        return folds;
    }

    /// <summary>Gives the rows to the folds in turn, like cards.</summary>
    private static RowSplit[] Deal(int[] order, int foldCount)
    {
        var foldOfRow = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            foldOfRow[order[i]] = i % foldCount;
        }

        return RowSplit.OfFolds(foldOfRow, foldCount);
    }

    private static void CheckFolds(int foldCount, int count, string what)
    {
        if (foldCount < 2)
        {
            throw new DataException($"Number of folds is {foldCount}; cross-validation needs at least 2.");
        }

        if (count < foldCount)
        {
            throw new DataException($"There are {count} {what} for {foldCount} folds; use at most {count} folds.");
        }
    }
}
