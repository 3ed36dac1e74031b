using Strata.Tensors;

namespace Strata.Learning.Trees.Growth;

/// <summary>Which columns a node may split on: those drawn for its tree, its depth and itself, as far as an interaction group holds them and all columns above it.</summary>
internal sealed class ColumnChoice(GrowthLimits limits, bool[][]? groups, int columnCount)
{
    private readonly List<int[]> levels = [];
    private readonly int[] all = [.. Enumerable.Range(0, columnCount)];
    private RandomSource? random;
    private int[] ofTree = [];

    /// <summary>Before each tree; draws happen in the order in which nodes are made.</summary>
    public void Start(RandomSource columns)
    {
        random = columns;
        levels.Clear();
        ofTree = Draw(all, limits.ColumnFraction);
    }

    /// <returns>A tick a column, or null when all may be split on.</returns>
    public bool[]? For(int depth, ReadOnlySpan<int> columnsAbove)
    {
        int[] drawn = Draw(OfLevel(depth), limits.ColumnFractionPerNode);
        if (drawn.Length == columnCount && groups is null)
        {
            return null;
        }

        var allowed = new bool[columnCount];
        foreach (int column in drawn)
        {
            allowed[column] = groups is null || MayMeet(column, columnsAbove);
        }

        return allowed;
    }

    private int[] OfLevel(int depth)
    {
        if (limits.ColumnFractionPerLevel >= 1)
        {
            return ofTree;
        }

        while (levels.Count <= depth)
        {
            levels.Add(Draw(ofTree, limits.ColumnFractionPerLevel));
        }

        return levels[depth];
    }

    private int[] Draw(int[] from, double fraction)
    {
        if (fraction >= 1 || from.Length == 0)
        {
            return from;
        }

        int[] order = [.. from];
        random!.Shuffle<int>(order);
        return order[..(int)Math.Ceiling(fraction * from.Length)];
    }

    private bool MayMeet(int column, ReadOnlySpan<int> columnsAbove)
    {
        foreach (bool[] group in groups!)
        {
            bool holds = group[column];
            foreach (int above in columnsAbove)
            {
                holds &= group[above];
            }

            if (holds)
            {
                return true;
            }
        }

        return false;
    }
}
