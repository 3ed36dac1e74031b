using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>
/// For each leaf of one tree, the different features on the path to it, and of a row the pattern of those whose splits on the path it all follows: bit i is the i-th feature
/// in order of appearance.
/// </summary>
internal sealed class PathPatterns
{
    /// <summary>Different features on one path, as the bits of a word allow.</summary>
    private const int MostFeatures = 64;

    private readonly TreeEnsemble trees;
    private readonly Edge[] edges;
    private readonly int depth;

    public PathPatterns(TreeEnsemble trees, int tree)
    {
        this.trees = trees;
        var found = new List<Edge>();
        var leaves = new List<PathLeaf>();
        int root = trees.TreeStart[tree];
        var waiting = new Stack<(int Node, int Parent, int[] Features)>();
        var depthOf = new Dictionary<int, int> { [root] = 0 };
        Push(root, []);
        while (waiting.TryPop(out (int Node, int Parent, int[] Features) next))
        {
            (int node, int parent, int[] above) = next;
            int feature = trees.Feature[parent], bit = Array.IndexOf(above, feature);
            int[] features = bit < 0 ? [.. above, feature] : above;
            bit = bit < 0 ? above.Length : bit;
            if (features.Length > MostFeatures)
            {
                throw new DataException($"A path of tree {tree} asks for more than {MostFeatures} different columns; explain this model by the path method instead.");
            }

            depthOf[node] = depthOf[parent] + 1;
            depth = Math.Max(depth, depthOf[node]);
            found.Add(new Edge(parent, trees.Right[parent] == node, depthOf[node], bit, trees.IsLeaf(node) ? leaves.Count : -1));
            if (trees.IsLeaf(node))
            {
                leaves.Add(new PathLeaf(node, features));
            }

            Push(node, features);
        }

        (edges, Leaves) = ([.. found], [.. leaves]);

        void Push(int node, int[] features)
        {
            if (!trees.IsLeaf(node))
            {
                waiting.Push((trees.Right[node], node, features));
                waiting.Push((trees.Left[node], node, features));
            }
        }
    }

    /// <summary>Every leaf; none when the root is the only one.</summary>
    public PathLeaf[] Leaves { get; }

    /// <summary>Length of the scratch memory that <see cref="Of"/> needs.</summary>
    public int ScratchLength => depth + 1;

    /// <summary>The pattern of one row at every leaf.</summary>
    /// <param name="row">A number a feature.</param>
    /// <param name="scratch">As <see cref="ScratchLength"/> says.</param>
    /// <param name="patterns">[leaves]</param>
    public void Of(ReadOnlySpan<double> row, Span<ulong> scratch, Span<ulong> patterns)
    {
        Span<bool> goesLeft = stackalloc bool[scratch.Length];
        scratch[0] = ulong.MaxValue;
        foreach (ref readonly Edge edge in edges.AsSpan())
        {
            int above = edge.Depth - 1;
            if (!edge.IsRight)
            {
                goesLeft[above] = trees.GoesLeft(edge.Parent, row[trees.Feature[edge.Parent]]);
            }

            ulong pattern = goesLeft[above] != edge.IsRight ? scratch[above] : scratch[above] & ~(1UL << edge.Bit);
            scratch[edge.Depth] = pattern;
            if (edge.Leaf >= 0)
            {
                patterns[edge.Leaf] = pattern & Leaves[edge.Leaf].AllBits;
            }
        }
    }

    /// <param name="Parent">The upper node.</param>
    /// <param name="IsRight">Whether it goes right; the left one comes first.</param>
    /// <param name="Depth">Of the lower node.</param>
    /// <param name="Bit">Of the parent's feature on this path.</param>
    /// <param name="Leaf">Which leaf the edge ends at, or -1.</param>
    private readonly record struct Edge(int Parent, bool IsRight, int Depth, int Bit, int Leaf);
}

/// <summary>A leaf and the different features on the path to it.</summary>
internal sealed record PathLeaf(int Node, int[] Features)
{
    public ulong AllBits { get; } = Features.Length == 64 ? ulong.MaxValue : (1UL << Features.Length) - 1;
}
