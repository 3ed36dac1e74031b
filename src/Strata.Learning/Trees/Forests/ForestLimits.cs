namespace Strata.Learning.Trees.Forests;

/// <summary>How far one tree of a forest may grow.</summary>
internal sealed record ForestLimits
{
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>Least weight in a leaf, a row of weight two counting as two.</summary>
    public double MinRowsPerLeaf { get; init; } = 1;

    /// <summary>Least weight of a node that is divided.</summary>
    public double MinRowsPerSplit { get; init; } = 2;

    /// <summary>Least drop of impurity a split must bring, per unit of the tree's whole weight.</summary>
    public double MinGain { get; init; }

    /// <summary>How many columns are tried at each split, drawn anew for each.</summary>
    public int ColumnsPerSplit { get; init; } = int.MaxValue;

    public ImpurityCriterion Criterion { get; init; }

    /// <summary>Whether each column is tried at one threshold drawn by chance instead of at all (Geurts, Ernst and Wehenkel 2006).</summary>
    public bool RandomThresholds { get; init; }

    /// <summary>Weight of rows of the whole tree's mean that each leaf's mean gets besides its own (m-estimate, Cestnik 1990).</summary>
    public double LeafSmoothing { get; init; }
}
