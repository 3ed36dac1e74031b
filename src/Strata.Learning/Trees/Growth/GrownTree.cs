using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Growth;

/// <summary>A tree over binned columns, as it was grown; children follow their parent.</summary>
/// <param name="valueWidth">Values of each node.</param>
/// <param name="capacity">Nodes to make room for; more are taken as they come.</param>
internal sealed class GrownTree(int valueWidth, int capacity = 0)
{
    private readonly List<double> values = new(capacity * valueWidth);

    public List<GrownNode> Nodes { get; } = new(capacity);

    public int LeafCount => (Nodes.Count + 1) / 2;

    public ReadOnlySpan<double> Values(int node) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values).Slice(node * valueWidth, valueWidth);

    /// <summary>Puts other values in a node's place.</summary>
    public void SetValues(int node, ReadOnlySpan<double> nodeValues) =>
        nodeValues.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values).Slice(node * valueWidth, valueWidth));

    /// <summary>Adds a node as another tree had it.</summary>
    public void Add(GrownNode node, ReadOnlySpan<double> nodeValues)
    {
        Nodes.Add(node);
        values.AddRange(nodeValues);
    }

    public int Add(ReadOnlySpan<double> nodeValues, double cover, int rowCount)
    {
        Nodes.Add(new GrownNode { Column = -1, Cover = cover, RowCount = rowCount });
        values.AddRange(nodeValues);
        return Nodes.Count - 1;
    }

    public void SetSplit(int node, in Split split, int left, int right, double gain) =>
        Nodes[node] = Nodes[node] with { Column = split.Column, Bin = split.Bin, MissingLeft = split.MissingLeft, LeftBins = split.Left, Left = left, Right = right, Gain = gain };

    /// <summary>The leaf in which a row ends.</summary>
    /// <param name="row">The row's bins, by column.</param>
    public unsafe int LeafOf(byte* row)
    {
        ReadOnlySpan<GrownNode> nodes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Nodes);
        int node = 0;
        while (nodes[node].Column >= 0)
        {
            node = nodes[node].LeftBins.Contains(row[nodes[node].Column]) ? nodes[node].Left : nodes[node].Right;
        }

        return node;
    }

    /// <summary>The leaf in which a row of the table ends.</summary>
    public unsafe int LeafOf(BinnedTable table, int row)
    {
        if (table.Sparse is null)
        {
            return LeafOf(table.Rows + (long)row * table.Stride);
        }

        int node = 0;
        while (Nodes[node] is { Column: >= 0 } inner)
        {
            node = inner.LeftBins.Contains(table.BinAt(row, inner.Column)) ? inner.Left : inner.Right;
        }

        return node;
    }

    /// <summary>Appends the tree, its values scaled and its bins turned back into thresholds and level codes.</summary>
    public void AddTo(TreeEnsembleBuilder builder, IReadOnlyList<FeatureBins> columns, int output, double scale = 1)
    {
        int first = builder.NodeCount;
        Span<double> scaled = stackalloc double[valueWidth];
        for (int node = 0; node < Nodes.Count; node++)
        {
            for (int k = 0; k < valueWidth; k++)
            {
                scaled[k] = scale * Values(node)[k];
            }

            builder.AddLeaf(scaled, Nodes[node].Cover, Nodes[node].RowCount);
        }

        for (int i = 0; i < Nodes.Count; i++)
        {
            GrownNode node = Nodes[i];
            if (node.Column < 0)
            {
                continue;
            }

            FeatureBins bins = columns[node.Column];
            if (node.Bin >= 0)
            {
                builder.Split(first + i, bins.Feature, bins.Threshold(node.Bin), node.MissingLeft, first + node.Left, first + node.Right, node.Gain);
            }
            else
            {
                var codes = new List<int>();
                for (int code = 0; code < bins.BinOfLevel.Length; code++)
                {
                    if (node.LeftBins.Contains(bins.BinOfLevel[code]))
                    {
                        codes.Add(code);
                    }
                }

                builder.SplitCategories(first + i, bins.Feature, codes, node.MissingLeft, first + node.Left, first + node.Right, node.Gain);
            }
        }

        builder.EndTree(output);
    }
}

/// <summary>A node of a <see cref="GrownTree"/>; a leaf while <see cref="Column"/> is negative.</summary>
internal record struct GrownNode
{
    public int Column { get; init; }

    /// <summary>The last bin that goes left, or -1 for a division of levels.</summary>
    public int Bin { get; init; }

    public bool MissingLeft { get; init; }

    public BinSet LeftBins { get; init; }

    public int Left { get; init; }

    public int Right { get; init; }

    public double Gain { get; init; }

    public double Cover { get; init; }

    public int RowCount { get; init; }
}
