using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Learning.Trees.Scoring;

/// <summary>An ensemble laid out for scoring one row at once and without allocating: eight trees are walked side by side, so that their memory reads overlap.</summary>
internal sealed unsafe class RowWalk
{
    /// <summary>Trees that are walked together.</summary>
    private const int Together = 8;

    /// <summary>Added to a feature's number: missing values go right there, or the split is by levels.</summary>
    private const int MissingRight = 1 << 30, ByLevels = 1 << 29, FeatureMask = ByLevels - 1;

    private readonly TreeEnsemble trees;
    private readonly Node[] nodes;
    private readonly int[] roots;
    private readonly double[] values;
    private readonly long[] words;
    private readonly bool anyLevels;

    public RowWalk(TreeEnsemble trees)
    {
        this.trees = trees;
        nodes = new Node[trees.NodeCount];
        values = new double[trees.Value.Length];

        anyLevels = trees.CategorySet.Any(set => set >= 0);

        // One more word, in which nothing is set, for empty sets.
        words = [.. trees.CategorySets.Words, 0];

        // Where there are not eight trees left the first one fills up: walked, and not added.
        roots = new int[(trees.TreeCount + Together - 1) / Together * Together];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            roots[tree] = trees.TreeStart[tree];
            LayOut(trees.TreeStart[tree]);
        }
    }

    /// <summary>Adds all trees' values, tree after tree.</summary>
    public void Add(ReadOnlySpan<double> row, Span<double> scores)
    {
        int* leaves = stackalloc int[Together];
        int width = trees.ValueWidth, treeCount = trees.TreeCount;
        fixed (Node* all = nodes)
        fixed (double* x = row, add = values)
        fixed (int* root = roots, output = trees.TreeOutput)
        fixed (long* word = words)
        {
            for (int first = 0; first < treeCount; first += Together)
            {
                if (anyLevels)
                {
                    Walk<LevelStep>(all, root + first, x, word, leaves);
                }
                else
                {
                    Walk<NumberStep>(all, root + first, x, word, leaves);
                }

                int count = Math.Min(Together, treeCount - first);
                for (int i = 0; i < count; i++)
                {
                    double* leaf = add + leaves[i] * (nint)width;
                    for (int k = 0; k < width; k++)
                    {
                        scores[output[first + i] + k] += leaf[k];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk<TStep>(Node* all, int* root, double* row, long* words, int* leaves)
        where TStep : IStep
    {
        nint n0 = root[0], n1 = root[1], n2 = root[2], n3 = root[3], n4 = root[4], n5 = root[5], n6 = root[6], n7 = root[7], moved;
        do
        {
            nint m0 = TStep.Next(all + n0, row, words), m1 = TStep.Next(all + n1, row, words), m2 = TStep.Next(all + n2, row, words), m3 = TStep.Next(all + n3, row, words);
            nint m4 = TStep.Next(all + n4, row, words), m5 = TStep.Next(all + n5, row, words), m6 = TStep.Next(all + n6, row, words), m7 = TStep.Next(all + n7, row, words);
            moved = (n0 ^ m0) | (n1 ^ m1) | (n2 ^ m2) | (n3 ^ m3) | (n4 ^ m4) | (n5 ^ m5) | (n6 ^ m6) | (n7 ^ m7);
            (n0, n1, n2, n3, n4, n5, n6, n7) = (m0, m1, m2, m3, m4, m5, m6, m7);
        }
        while (moved != 0);
        (leaves[0], leaves[1], leaves[2], leaves[3]) = ((int)n0, (int)n1, (int)n2, (int)n3);
        (leaves[4], leaves[5], leaves[6], leaves[7]) = ((int)n4, (int)n5, (int)n6, (int)n7);
    }

    /// <summary>Places a tree's nodes level by level, siblings side by side.</summary>
    private void LayOut(int start)
    {
        var queue = new Queue<(int Node, int Place)>();
        queue.Enqueue((start, start));
        int next = start + 1, width = trees.ValueWidth;
        while (queue.TryDequeue(out (int Node, int Place) item))
        {
            (int node, int place) = item;
            Array.Copy(trees.Value, node * width, values, place * width, width);
            if (trees.IsLeaf(node))
            {
                nodes[place] = new Node(double.PositiveInfinity, place, 0);
                continue;
            }

            int set = trees.CategorySet[node];
            double payload = set < 0 ? trees.Threshold[node] : BitConverter.Int64BitsToDouble(Place(trees.CategorySets, set));
            int feature = trees.Feature[node] | (trees.MissingLeft[node] != 0 ? 0 : MissingRight) | (set >= 0 ? ByLevels : 0);
            nodes[place] = new Node(payload, next, feature);
            queue.Enqueue((trees.Left[node], next));
            queue.Enqueue((trees.Right[node], next + 1));
            next += 2;
        }
    }

    /// <summary>The first word of a set, and above it the number of its bits.</summary>
    private long Place(CategorySets sets, int set)
    {
        int start = sets.Start[set], bits = (sets.Start[set + 1] - start) * 64;
        return bits == 0 ? words.Length - 1 : (long)bits << 32 | (uint)start;
    }

    /// <summary>
    /// Values at most <paramref name="Threshold"/> go to <paramref name="Left"/>, others to the place after. A leaf goes left to itself whatever the value. Where the split is
    /// by levels the threshold's bits say where the set is.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Node(double Threshold, int Left, int Feature);

    /// <summary>Goes from a node to a child, or from a leaf to itself, without a branch.</summary>
    private interface IStep
    {
        static abstract nint Next(Node* node, double* row, long* words);
    }

    /// <summary>Where all splits are by thresholds.</summary>
    private readonly struct NumberStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nint Next(Node* node, double* row, long* words)
        {
            int feature = node->Feature;
            double value = row[feature & FeatureMask];

            // Comparisons with NaN are false, and the flag's bit decides then.
            return node->Left + (Bit(value > node->Threshold) | (Bit(double.IsNaN(value)) & (feature >> 30)));
        }
    }

    /// <summary>Where some are by levels: both answers are worked out, and the node's kind picks one.</summary>
    private readonly struct LevelStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nint Next(Node* node, double* row, long* words)
        {
            int feature = node->Feature, byLevels = feature >> 29 & 1, missing = Bit(double.IsNaN(row[feature & FeatureMask]));
            double value = row[feature & FeatureMask];
            long place = BitConverter.DoubleToInt64Bits(node->Threshold) & -(long)byLevels;

            // Codes that no integer holds become the lowest one, which is past the end of every set.
            uint code = (uint)double.ConvertToIntegerNative<int>(value);
            int inside = Bit(code < (uint)(place >> 32)) & Bit(value >= 0);
            long word = words[(uint)place + ((code >> 6) & (uint)-inside)];
            int outside = (inside & (int)(word >> (int)(code & 63)) & 1) ^ 1;
            int right = (outside & byLevels) | (Bit(value > node->Threshold) & ~byLevels);
            return node->Left + ((right & ~missing) | (feature >> 30 & missing));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bit(bool value) => Unsafe.BitCast<bool, byte>(value);
}
