namespace Strata.Learning.Data;

/// <summary>0-based row indices to learn from and to test on, both ascending; no row stands in both.</summary>
public sealed record RowSplit(int[] Train, int[] Test)
{
    /// <summary>The split whose test part is the rows marked true.</summary>
    internal static RowSplit Of(ReadOnlySpan<bool> isTest)
    {
        int testCount = isTest.Count(true);
        var (train, test) = (new int[isTest.Length - testCount], new int[testCount]);
        int i = 0, j = 0;
        for (int row = 0; row < isTest.Length; row++)
        {
            if (isTest[row])
            {
                test[j++] = row;
            }
            else
            {
                train[i++] = row;
            }
        }

        return new RowSplit(train, test);
    }

    /// <summary>One split a fold, from the fold that tests each row.</summary>
    internal static RowSplit[] OfFolds(ReadOnlySpan<int> foldOfRow, int foldCount)
    {
        var folds = new RowSplit[foldCount];
        var isTest = new bool[foldOfRow.Length];
        for (int fold = 0; fold < foldCount; fold++)
        {
            for (int row = 0; row < isTest.Length; row++)
            {
                isTest[row] = foldOfRow[row] == fold;
            }

            folds[fold] = Of(isTest);
        }

        return folds;
    }
}
