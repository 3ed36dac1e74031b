using Strata.Tensors;

namespace Strata.Learning.Data;

public static partial class RowSplits
{
    /// <summary>Tests on a random share of the rows, rounded up.</summary>
    public static RowSplit RandomHoldOut(int rowCount, double testFraction, ulong seed)
    {
        int testCount = TestCount(rowCount, testFraction);
        int[] order = ShuffledRows(rowCount, seed);
        var isTest = new bool[rowCount];
        foreach (int row in order.AsSpan(0, testCount))
        {
            isTest[row] = true;
        }

        return RowSplit.Of(isTest);
    }

    /// <summary>Tests on a random share of each class; the rounding is spread so that the whole has the share too.</summary>
    /// <param name="classCodes">A class code a row, 0 or more.</param>
    /// <param name="testFraction">The share of rows to test on, between 0 and 1.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <param name="keepLoneRowsInTraining">Whether a class with a single row is learned from and never tested, instead of an error.</param>
    public static RowSplit StratifiedHoldOut(int[] classCodes, double testFraction, ulong seed, bool keepLoneRowsInTraining = false)
    {
        ArgumentNullException.ThrowIfNull(classCodes);
        int testCount = TestCount(classCodes.Length, testFraction);
        int[][] rowsOf = RowsOfClasses(classCodes, seed);
        if (!keepLoneRowsInTraining)
        {
            DataException.ThrowIfAny([.. rowsOf.Index().Where(rows => rows.Item.Length == 1)
                .Select(rows => $"Class {rows.Index} has one row, row {rows.Item[0] + 1}; a stratified split needs at least two of each class.")]);
        }

        var isTest = new bool[classCodes.Length];
        int[] counts = Apportion(rowsOf, testFraction, testCount);
        for (int code = 0; code < rowsOf.Length; code++)
        {
            foreach (int row in rowsOf[code].AsSpan(0, counts[code]))
            {
                isTest[row] = true;
            }
        }

        RowSplit split = RowSplit.Of(isTest);
        return split.Test.Length > 0
            ? split
            : throw new DataException("Every class has one row; a stratified split needs a class with at least two.");
    }

    /// <summary>Tests on whole groups, drawn at random until their rows are as near to the share as they come.</summary>
    public static RowSplit GroupHoldOut(int[] groups, double testFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return StratifiedGroupHoldOut(new int[groups.Length], groups, testFraction, seed);
    }

    /// <summary>
    /// Tests on whole groups such that each class is tested in a share as near to the wanted one as can be found: a random draw, then
    /// groups change sides as long as that lowers the squared distance of the classes' shares.
    /// </summary>
    public static RowSplit StratifiedGroupHoldOut(int[] classCodes, int[] groups, double testFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classCodes);
        ArgumentNullException.ThrowIfNull(groups);
        TestCount(groups.Length, testFraction);
        var blocks = new GroupBlocks(classCodes, groups);
        if (blocks.Count < 2)
        {
            throw new DataException($"All {groups.Length} rows belong to one group; a split by group needs at least two groups.");
        }

        bool[] isTestGroup = DrawGroups(blocks, testFraction, RandomSource.For(seed, "split by group"));
        var isTest = new bool[groups.Length];
        for (int row = 0; row < isTest.Length; row++)
        {
            isTest[row] = isTestGroup[blocks.GroupOf(row)];
        }

        return RowSplit.Of(isTest);
    }

    /// <summary>Tests on the latest rows; rows of one moment stay together, so the share is met as nearly as the moments allow.</summary>
    public static RowSplit TimeHoldOut(double[] times, double testFraction)
    {
        ArgumentNullException.ThrowIfNull(times);
        int testCount = TestCount(times.Length, testFraction);
        int[] order = RowsByTime(times);
        int[] starts = MomentStarts(times, order);
        if (starts.Length < 2)
        {
            throw new DataException($"All {times.Length} rows have the same time; a split by time needs at least two moments.");
        }

        int cut = starts.Skip(1).MinBy(start => Math.Abs(start - (times.Length - testCount)));
        return new RowSplit(Ascending(order.AsSpan(0, cut)), Ascending(order.AsSpan(cut)));
    }

    private static int TestCount(int rowCount, double testFraction)
    {
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new DataException($"Test share is {testFraction}; it lies between 0 and 1, both excluded.");
        }

        return rowCount >= 2
            ? Math.Clamp((int)Math.Ceiling(rowCount * testFraction - 1e-9), 1, rowCount - 1)
            : throw new DataException($"There are {rowCount} rows; a split needs at least 2.");
    }

    /// <summary>How many rows of each class are tested: the largest remainders are rounded up, and a class keeps at least one row to learn from.</summary>
    private static int[] Apportion(int[][] rowsOf, double testFraction, int testCount)
    {
        var counts = new int[rowsOf.Length];
        for (int code = 0; code < counts.Length; code++)
        {
            counts[code] = Math.Min((int)(rowsOf[code].Length * testFraction), Math.Max(0, rowsOf[code].Length - 1));
        }

        int missing = testCount - counts.Sum();
        foreach (int code in Enumerable.Range(0, counts.Length).OrderByDescending(code => rowsOf[code].Length * testFraction - counts[code]))
        {
            if (missing > 0 && counts[code] < rowsOf[code].Length - 1)
            {
                counts[code]++;
                missing--;
            }
        }

        return counts;
    }

    private static bool[] DrawGroups(GroupBlocks blocks, double testFraction, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, blocks.Count)];
        random.Shuffle<int>(order);
        var isTest = new bool[blocks.Count];
        var tested = new double[blocks.ClassTotals.Length];
        int testedGroups = 0;
        void Move(int group, int direction)
        {
            blocks.Move(group, direction, tested);
            isTest[group] = direction > 0;
            testedGroups += direction;
        }

        const int mostPasses = 8;
        bool changed = true;
        for (int pass = 0; pass < mostPasses && changed; pass++)
        {
            changed = false;
            foreach (int group in order)
            {
                int direction = isTest[group] ? -1 : 1;
                if (testedGroups + direction < blocks.Count && blocks.GainOfMoving(group, direction, tested, testFraction) > 1e-12)
                {
                    Move(group, direction);
                    changed = true;
                }
            }
        }

        if (testedGroups == 0)
        {
            Move(order.MaxBy(group => blocks.GainOfMoving(group, 1, tested, testFraction)), 1);
        }

        return isTest;
    }

    private static int[] ShuffledRows(int rowCount, ulong seed)
    {
        var order = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            order[row] = row;
        }

        RandomSource.For(seed, "split by row").Shuffle<int>(order);
        return order;
    }

    /// <summary>The rows of each class, each in random order.</summary>
    private static int[][] RowsOfClasses(int[] classCodes, ulong seed)
    {
        int classCount = classCodes.Length == 0 ? 0 : classCodes.Max() + 1;
        var rowsOf = new List<int>[classCount];
        for (int code = 0; code < classCount; code++)
        {
            rowsOf[code] = [];
        }

        foreach (int row in ShuffledRows(classCodes.Length, seed))
        {
            rowsOf[classCodes[row]].Add(row);
        }

        return [.. rowsOf.Select(rows => rows.ToArray())];
    }

    /// <summary>The rows from early to late; rows of one moment keep their order.</summary>
    private static int[] RowsByTime(double[] times)
    {
        DataException.ThrowIfAny([.. times.Index().Where(time => double.IsNaN(time.Item)).Take(5)
            .Select(time => $"Row {time.Index + 1} has no time; a split by time needs one for every row.")]);
        return [.. Enumerable.Range(0, times.Length).OrderBy(row => times[row])];
    }

    /// <summary>Where in <paramref name="order"/> each moment starts.</summary>
    private static int[] MomentStarts(double[] times, int[] order) =>
        [.. Enumerable.Range(0, order.Length).Where(i => i == 0 || times[order[i]] > times[order[i - 1]])];

    private static int[] Ascending(ReadOnlySpan<int> rows)
    {
        int[] sorted = rows.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
