namespace Strata.Learning.Trees.Growth;

/// <summary>A leaf of the tree that is being grown: its rows, sums and best split.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>Where its rows begin in the <see cref="RowLists"/>.</summary>
    public required int Start { get; init; }

    public required int Count { get; init; }

    public required int Depth { get; init; }

    /// <summary>The binned columns split on above it, each once.</summary>
    public int[] ColumnsAbove { get; init; } = [];

    /// <summary>Which columns it may be split on; null for all.</summary>
    public bool[]? Columns { get; set; }

    /// <summary>Sum of weights, in the grower's units.</summary>
    public long Weight { get; set; }

    /// <summary>Sums of derivatives in packed units.</summary>
    public long Gradient { get; set; }

    public long Hessian { get; set; }

    /// <summary>Index in the grown tree.</summary>
    public int Node { get; set; }

    /// <summary>Held while the leaf can still be split.</summary>
    public Histogram? Histogram { get; set; }

    public SplitQuestion Question { get; set; }

    public Split Split { get; set; } = Split.None;

    /// <summary>How much the score rises by the split, in packed units.</summary>
    public double Gain => Split.Score - Question.Own;
}
