using System.Runtime.CompilerServices;
using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Growth;

/// <summary>A grown tree laid out for finding the leaves of many binned rows: eight bytes a node, eight rows at once. Siblings lie side by side, as growers add them.</summary>
internal sealed unsafe class BinnedWalk
{
    private const int Lanes = 8;

    private readonly GrownTree tree;
    private readonly Node[]? nodes;

    public BinnedWalk(GrownTree tree)
    {
        this.tree = tree;
        nodes = new Node[tree.Nodes.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            GrownNode node = tree.Nodes[i];
            if (node.Column >= 0 && node.Bin < 0)
            {
                nodes = null;
                return;
            }

            // Missing is bin 0: lower than every bin where it goes left; taking one from all bins makes it the highest where it goes right. A leaf keeps what reaches it.
            int less = node.MissingLeft ? 0 : 1;
            nodes[i] = node.Column < 0 ? new Node(i, 0, 0, byte.MaxValue) : new Node(node.Left, (ushort)node.Column, (byte)less, (byte)(node.Bin - less));
        }
    }

    /// <summary>The leaf of each row.</summary>
    /// <param name="table">Whose rows are walked.</param>
    /// <param name="rows">Indices in the table.</param>
    /// <param name="leaves">One a row.</param>
    public void Leaves(BinnedTable table, ReadOnlySpan<int> rows, Span<int> leaves)
    {
        nint stride = table.Stride;
        int i = 0;
        byte** at = stackalloc byte*[Lanes];
        for (; nodes is not null && table.Sparse is null && i + Lanes <= rows.Length; i += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                at[lane] = table.Rows + rows[i + lane] * stride;
            }

            fixed (Node* all = nodes)
            fixed (int* leaf = leaves[i..])
            {
                Walk(all, at, leaf);
            }
        }

        for (; i < rows.Length; i++)
        {
            leaves[i] = tree.LeafOf(table, rows[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(Node* tree, byte** rows, int* leaves)
    {
        byte* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
        nint n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0, n6 = 0, n7 = 0, moved;
        do
        {
            nint m0 = Next(tree, n0, r0), m1 = Next(tree, n1, r1), m2 = Next(tree, n2, r2), m3 = Next(tree, n3, r3);
            nint m4 = Next(tree, n4, r4), m5 = Next(tree, n5, r5), m6 = Next(tree, n6, r6), m7 = Next(tree, n7, r7);
            moved = (n0 ^ m0) | (n1 ^ m1) | (n2 ^ m2) | (n3 ^ m3) | (n4 ^ m4) | (n5 ^ m5) | (n6 ^ m6) | (n7 ^ m7);
            (n0, n1, n2, n3, n4, n5, n6, n7) = (m0, m1, m2, m3, m4, m5, m6, m7);
        }
        while (moved != 0);
        (leaves[0], leaves[1], leaves[2], leaves[3]) = ((int)n0, (int)n1, (int)n2, (int)n3);
        (leaves[4], leaves[5], leaves[6], leaves[7]) = ((int)n4, (int)n5, (int)n6, (int)n7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(Node* tree, nint node, byte* row)
    {
        Node at = tree[node];
        return at.Left + (nint)((uint)(at.Highest - (byte)(row[at.Column] - at.Less)) >> 31);
    }

    /// <summary>Rows go to <paramref name="Left"/> whose bin less <paramref name="Less"/> is at most <paramref name="Highest"/>; the others to the node after it.</summary>
    private readonly record struct Node(int Left, ushort Column, byte Less, byte Highest);
}
