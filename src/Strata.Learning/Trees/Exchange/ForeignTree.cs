namespace Strata.Learning.Trees.Exchange;

/// <summary>One tree as a file has it: nodes in the file's order, by the rules of <see cref="TreeEnsemble"/>, nothing checked yet but the arrays' lengths.</summary>
internal sealed class ForeignTree(int nodes)
{
    public int NodeCount => Left.Length;

    /// <summary>The child, or -1 for a leaf; the root is node 0 [nodes].</summary>
    public int[] Left { get; } = new int[nodes];

    /// <inheritdoc cref="Left"/>
    public int[] Right { get; } = new int[nodes];

    public int[] Feature { get; } = new int[nodes];

    public double[] Threshold { get; } = new double[nodes];

    public bool[] MissingLeft { get; } = new bool[nodes];

    /// <summary>The file's codes that go left, or null where the split is by a threshold [nodes].</summary>
    public int[]?[] LeftCodes { get; } = new int[nodes][];

    /// <summary>Of leaves; NaN for inner nodes of which the file does not say it [nodes].</summary>
    public double[] Value { get; } = new double[nodes];

    public double[] Gain { get; } = new double[nodes];

    public double[] Cover { get; } = new double[nodes];

    public int[] RowCount { get; } = new int[nodes];

    public int Output { get; set; }

    /// <summary>Where the tree stands in its file, for messages.</summary>
    public required string Place { get; init; }

    public bool IsLeaf(int node) => Left[node] < 0;
}
