namespace Strata.Learning.Trees.Growth;

/// <summary>How far a tree may grow and what a split must bring; sums are in weights, a row of weight two counting as two.</summary>
internal sealed record GrowthLimits
{
    public GrowthPolicy Policy { get; init; }

    public int MaxLeaves { get; init; } = 31;

    /// <summary>Most splits above a leaf.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    public double MinRowsPerLeaf { get; init; } = 20;

    public double MinChildHessian { get; init; } = 1e-3;

    public double L1 { get; init; }

    public double L2 { get; init; }

    /// <summary>In units of <c>gradient^2 / hessian</c>, which is twice the loss that is saved; both peers' programs count like this.</summary>
    public double MinGain { get; init; }

    /// <summary>Largest size of a leaf's value before the learning rate; 0 for no limit.</summary>
    public double MaxDeltaStep { get; init; }

    /// <summary>Rows at which a leaf's value lies half-way between its own and its parent's; 0 for none of the parent's.</summary>
    public double PathSmoothing { get; init; }

    /// <summary>Shares of the columns for each tree, of the tree's for each depth, and of the depth's for each node.</summary>
    public double ColumnFraction { get; init; } = 1;

    public double ColumnFractionPerLevel { get; init; } = 1;

    public double ColumnFractionPerNode { get; init; } = 1;

    /// <summary>What leaf values are multiplied by.</summary>
    public double LearningRate { get; init; } = 1;

    public CategoryLimits Categories { get; init; } = new();

    /// <summary>Memory for the histograms of waiting leaves; beyond it leaves give theirs back and both children are added up from their rows.</summary>
    public long HistogramBytes { get; init; } = 1L << 30;
}

/// <summary>How levels are divided into two sides (Fisher 1958; LightGBM's parameters and defaults).</summary>
internal sealed record CategoryLimits
{
    /// <summary>Up to so many levels each one alone is tried against the rest.</summary>
    public int OneAgainstRest { get; init; } = 4;

    /// <summary>Added to a level's hessian when levels are put in order; levels with less weight than this are not moved.</summary>
    public double Smoothing { get; init; } = 10;

    /// <summary>Added to <see cref="GrowthLimits.L2"/> when several levels go to one side.</summary>
    public double L2 { get; init; } = 10;

    /// <summary>Most levels on the smaller side.</summary>
    public int MostLevels { get; init; } = 32;

    /// <summary>Fewest rows between two places where the ordered levels may be cut.</summary>
    public double MinRowsPerGroup { get; init; } = 100;

    /// <summary>Levels with a smaller sum of hessians say too little of themselves: they take the place of a gradient of zero in the order (as in XGBoost).</summary>
    public double MinHessian { get; init; }
}
