using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Learning.Data;
using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Scoring;

/// <summary>
/// Trees of any size, walked. Each value is first replaced by its rank among the thresholds that its feature meets anywhere, which decides
/// every comparison as the value itself does; a node is then eight bytes, siblings lie side by side, and eight rows walk a tree at once without branches.
/// </summary>
/// <remarks>
/// A numeric feature has two rank columns, in one of which missing is lower than everything and in the other higher: a node reads the one of its missing direction.
/// </remarks>
internal sealed unsafe class RankedTrees : CompiledTrees
{
    /// <summary>Rows that walk together.</summary>
    private const int Lanes = 8;

    private const ushort Missing = ushort.MaxValue, CategoryFlag = 0x8000;

    private readonly TreeEnsemble trees;
    private readonly UsedFeature[] features;
    private readonly Node[] nodes;
    private readonly double[] values;
    private readonly int[] categorySets;
    private readonly bool anyCategories;

    private RankedTrees(TreeEnsemble trees, UsedFeature[] features)
    {
        (this.trees, this.features) = (trees, features);
        nodes = new Node[trees.NodeCount];
        values = new double[trees.Value.Length];
        categorySets = new int[trees.NodeCount];
        anyCategories = features.Any(feature => feature.IsCategory);
    }

    public override int BlockRows => 256;

    public override int RoomBytes => Math.Max(1, (BlockRows + Lanes) * RowCells) * sizeof(ushort);

    /// <summary>Cells of a row of ranks.</summary>
    private int RowCells => 2 * features.Length;

    /// <summary>The compiled form, or null when a feature has too many thresholds for 16 bits, or is split both by thresholds and by levels.</summary>
    public static new RankedTrees? Of(TreeEnsemble trees)
    {
        UsedFeature[] features = UsedFeature.All(trees);
        if (features.Length >= CategoryFlag / 2 || features.Any(feature => feature.Thresholds.Length >= Missing || (feature.IsCategory && feature.Thresholds.Length > 0)))
        {
            return null;
        }

        var compiled = new RankedTrees(trees, features);
        var placeOf = new int[trees.FeatureCount];
        for (int i = 0; i < features.Length; i++)
        {
            placeOf[features[i].Feature] = i;
        }

        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            compiled.LayOut(trees.TreeStart[tree], placeOf);
        }

        return compiled;
    }

    public override void Add(Frame rows, int from, int count, byte* room, Span<double> scores)
    {
        Rank(rows, from, count, (ushort*)room);
        Walk((ushort*)room, count, scores);
    }

    /// <summary>Writes the ranks of some rows, row-major with <see cref="RowCells"/> cells a row.</summary>
    private void Rank(Frame rows, int from, int count, ushort* ranks)
    {
        double[] room = ArrayPool<double>.Shared.Rent(count);
        byte* bins = stackalloc byte[count];
        for (int i = 0; i < features.Length; i++)
        {
            UsedFeature feature = features[i];
            Column column = rows.Columns[feature.Feature];
            column.CopyNumbers(from, room.AsSpan(0, count));
            ReadOnlySpan<double> numbers = room.AsSpan(0, count);
            ushort* cell = ranks + 2 * i;
            if (feature.IsCategory)
            {
                for (int row = 0; row < count; row++, cell += RowCells)
                {
                    // No set has the last code: it stands for all that are no level.
                    cell[0] = double.IsNaN(numbers[row]) ? Missing : numbers[row] >= 0 ? (ushort)Math.Min(numbers[row], Missing - 1) : (ushort)(Missing - 1);
                }
            }
            else if (feature.Bins is FeatureBins few)
            {
                // A bin is one more than the rank, and 0 is missing: the byte underflows to the highest of all.
                BinSearch.Numbers(few, numbers, bins);
                for (int row = 0; row < count; row++, cell += RowCells)
                {
                    int bin = bins[row];
                    cell[0] = (ushort)Math.Max(0, bin - 1);
                    cell[1] = (ushort)(bin - 1);
                }
            }
            else
            {
                for (int row = 0; row < count; row++, cell += RowCells)
                {
                    bool missing = double.IsNaN(numbers[row]);
                    ushort rank = feature.Rank(numbers[row]);
                    (cell[0], cell[1]) = missing ? ((ushort)0, Missing) : (rank, rank);
                }
            }
        }

        ArrayPool<double>.Shared.Return(room);
    }

    private void Walk(ushort* ranks, int count, Span<double> scores)
    {
        int* leaves = stackalloc int[count + Lanes];
        int outputs = trees.OutputCount, width = trees.ValueWidth;
        fixed (Node* all = nodes)
        {
            for (int tree = 0; tree < trees.TreeCount; tree++)
            {
                int start = trees.TreeStart[tree];
                for (int row = 0; row < count; row += Lanes)
                {
                    if (anyCategories)
                    {
                        WalkWithCategories(all, start, ranks + row * RowCells, leaves + row);
                    }
                    else
                    {
                        Walk(all + start, ranks + row * RowCells, RowCells, leaves + row);
                    }
                }

                Span<double> first = scores[trees.TreeOutput[tree]..];
                for (int row = 0; row < count; row++)
                {
                    int leaf = (leaves[row] + start) * width;
                    for (int k = 0; k < width; k++)
                    {
                        first[row * outputs + k] += values[leaf + k];
                    }
                }
            }
        }
    }

    /// <summary>Walks eight rows to their leaves. A leaf's left child is itself and its threshold the highest rank: rows that have arrived stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(Node* tree, ushort* rows, nint cells, int* leaves)
    {
        ushort* r1 = rows + cells, r2 = r1 + cells, r3 = r2 + cells, r4 = r3 + cells, r5 = r4 + cells, r6 = r5 + cells, r7 = r6 + cells;
        nint n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0, n6 = 0, n7 = 0, moved;
        do
        {
            nint m0 = Next(tree, n0, rows), m1 = Next(tree, n1, r1), m2 = Next(tree, n2, r2), m3 = Next(tree, n3, r3);
            nint m4 = Next(tree, n4, r4), m5 = Next(tree, n5, r5), m6 = Next(tree, n6, r6), m7 = Next(tree, n7, r7);
            moved = (n0 ^ m0) | (n1 ^ m1) | (n2 ^ m2) | (n3 ^ m3) | (n4 ^ m4) | (n5 ^ m5) | (n6 ^ m6) | (n7 ^ m7);
            (n0, n1, n2, n3, n4, n5, n6, n7) = (m0, m1, m2, m3, m4, m5, m6, m7);
        }
        while (moved != 0);
        (leaves[0], leaves[1], leaves[2], leaves[3]) = ((int)n0, (int)n1, (int)n2, (int)n3);
        (leaves[4], leaves[5], leaves[6], leaves[7]) = ((int)n4, (int)n5, (int)n6, (int)n7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(Node* tree, nint node, ushort* row)
    {
        Node at = tree[node];

        // The sign of the difference is 1 when the rank is above the threshold.
        return at.Left + (nint)((uint)(at.Threshold - row[at.Column]) >> 31);
    }

    private void WalkWithCategories(Node* all, int start, ushort* rows, int* leaves)
    {
        for (int lane = 0; lane < Lanes; lane++, rows += RowCells)
        {
            int node = 0, next = 0;
            do
            {
                node = next;
                Node at = all[start + node];
                if ((at.Column & CategoryFlag) == 0)
                {
                    next = at.Left + (at.Threshold < rows[at.Column] ? 1 : 0);
                }
                else
                {
                    ushort code = rows[at.Column & ~CategoryFlag];
                    bool left = code == Missing ? at.Threshold == 1 : trees.CategorySets.Contains(categorySets[start + node], code);
                    next = at.Left + (left ? 0 : 1);
                }
            }
            while (next != node);
            leaves[lane] = node;
        }
    }

    /// <summary>Places a tree's nodes level by level, siblings side by side.</summary>
    private void LayOut(int start, int[] placeOf)
    {
        var queue = new Queue<(int Node, int Place)>();
        queue.Enqueue((start, 0));
        int next = 1, width = trees.ValueWidth;
        while (queue.TryDequeue(out (int Node, int Place) item))
        {
            (int node, int place) = item;
            Array.Copy(trees.Value, node * width, values, (start + place) * width, width);
            if (trees.IsLeaf(node))
            {
                nodes[start + place] = new Node(place, 0, Missing);
                continue;
            }

            UsedFeature feature = features[placeOf[trees.Feature[node]]];
            int column = 2 * placeOf[trees.Feature[node]];
            bool missingLeft = trees.MissingLeft[node] != 0;
            categorySets[start + place] = trees.CategorySet[node];
            nodes[start + place] = trees.CategorySet[node] >= 0
                ? new Node(next, (ushort)(column | CategoryFlag), missingLeft ? (ushort)1 : (ushort)0)
                : new Node(next, (ushort)(column + (missingLeft ? 0 : 1)), feature.Rank(trees.Threshold[node]));
            queue.Enqueue((trees.Left[node], next));
            queue.Enqueue((trees.Right[node], next + 1));
            next += 2;
        }
    }

    /// <summary>Where rows go whose rank is at most <paramref name="Threshold"/>; the others go to the place after.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Node(int Left, ushort Column, ushort Threshold);

    /// <summary>A feature that some tree splits on, with all its thresholds.</summary>
    private sealed class UsedFeature
    {
        private UsedFeature(int feature, double[] thresholds, bool isCategory)
        {
            (Feature, Thresholds, IsCategory) = (feature, thresholds, isCategory);
            Bins = !isCategory && thresholds.Length < FeatureBins.Most - 1 ? FeatureBins.OfCuts(feature, thresholds) : null;
        }

        public int Feature { get; }

        /// <summary>Ascending, each once.</summary>
        public double[] Thresholds { get; }

        public bool IsCategory { get; }

        /// <summary>For the vector search, while there are few thresholds.</summary>
        public FeatureBins? Bins { get; }

        public static UsedFeature[] All(TreeEnsemble trees)
        {
            var thresholds = new HashSet<double>?[trees.FeatureCount];
            var isCategory = new bool[trees.FeatureCount];
            for (int node = 0; node < trees.NodeCount; node++)
            {
                if (!trees.IsLeaf(node))
                {
                    HashSet<double> own = thresholds[trees.Feature[node]] ??= [];
                    if (trees.CategorySet[node] < 0)
                    {
                        own.Add(trees.Threshold[node]);
                    }
                    else
                    {
                        isCategory[trees.Feature[node]] = true;
                    }
                }
            }

            return
            [
                .. from feature in Enumerable.Range(0, trees.FeatureCount)
                   where thresholds[feature] is not null
                   select new UsedFeature(feature, [.. thresholds[feature]!.Order()], isCategory[feature]),
            ];
        }

        /// <summary>How many thresholds are below the value; a threshold's own rank is its index.</summary>
        public ushort Rank(double value)
        {
            int at = Array.BinarySearch(Thresholds, value);
            return (ushort)(at >= 0 ? at : ~at);
        }
    }
}
