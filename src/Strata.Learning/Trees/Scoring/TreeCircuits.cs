using System.Runtime.Intrinsics;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Scoring;

/// <summary>
/// Trees of up to 256 leaves as circuits of selections: each split compares a byte of many rows at once and picks, row by row, the leaf number found on its left or on its
/// right, from the bottom up. Every split is looked at, yet without one branch or scattered read: far less work a row than walking, while trees are of usual size.
/// </summary>
internal sealed unsafe class TreeCircuits : CompiledTrees
{
    private const int MostLeaves = 256;

    /// <summary>Rows of a block: enough to hide the cost of reading the circuit, few enough for their bytes to stay in the first-level cache.</summary>
    private const int Rows = 512;

    private readonly int outputs;
    private readonly CircuitGroup[] groups;

    private TreeCircuits(int outputs, CircuitGroup[] groups) => (this.outputs, this.groups) = (outputs, groups);

    public override int BlockRows => Rows;

    public override int RoomBytes => groups.Max(group => group.RoomBytes(Rows)) + outputs * Rows * sizeof(double);

    /// <summary>The circuits, or null when a tree has too many leaves or tells too many values of one feature apart.</summary>
    public static new TreeCircuits? Of(TreeEnsemble trees)
    {
        int lanes = Vector512.IsHardwareAccelerated ? Bytes512.Count : Vector256.IsHardwareAccelerated ? Bytes256.Count : Bytes128.Count;
        int mostLeaves = Math.Min(MostLeaves, 8 * lanes);
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            if ((trees.TreeStart[tree + 1] - trees.TreeStart[tree] + 1) / 2 > mostLeaves)
            {
                return null;
            }
        }

        var groups = new List<CircuitGroup>();
        return trees.TreeCount > 0 && Split(trees, 0, trees.TreeCount, groups) ? new TreeCircuits(trees.OutputCount, [.. groups]) : null;
    }

    public override void Add(Frame rows, int from, int count, byte* room, Span<double> scores)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Bytes512>(rows, from, count, room, scores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<Bytes256>(rows, from, count, room, scores);
        }
        else
        {
            Add<Bytes128>(rows, from, count, room, scores);
        }
    }

    /// <summary>As the other, in registers of a given size.</summary>
    internal void Add<T>(Frame rows, int from, int count, byte* room, Span<double> scores)
        where T : unmanaged, IByteLanes<T>
    {
        // Sums lie output by output, so that a tree adds to neighbouring numbers.
        var sums = (double*)room;
        for (int row = 0; row < count; row++)
        {
            for (int k = 0; k < outputs; k++)
            {
                sums[k * Rows + row] = scores[row * outputs + k];
            }
        }

        foreach (CircuitGroup group in groups)
        {
            group.Add<T>(rows, from, count, Rows, room + outputs * Rows * sizeof(double), sums);
        }

        for (int row = 0; row < count; row++)
        {
            for (int k = 0; k < outputs; k++)
            {
                scores[row * outputs + k] = sums[k * Rows + row];
            }
        }
    }

    /// <summary>Halves the trees until each group's values fit a byte.</summary>
    private static bool Split(TreeEnsemble trees, int first, int count, List<CircuitGroup> groups)
    {
        if (CircuitGroup.Of(trees, first, count) is CircuitGroup group)
        {
            groups.Add(group);
            return true;
        }

        return count > 1 && Split(trees, first, count / 2, groups) && Split(trees, first + count / 2, count - count / 2, groups);
    }
}
