namespace Strata.Learning.Trees.Forests;

/// <summary>How the trees of a forest are grown.</summary>
internal sealed record ForestPlan
{
    public required int Trees { get; init; }

    public RowDraw Draw { get; init; } = RowDraw.All;

    /// <summary>Most bins a column.</summary>
    public required int MaxBins { get; init; }

    public ForestClassWeights ClassWeights { get; init; }

    /// <summary>Whether rows are judged by the trees that did not see them, where there are such trees.</summary>
    public bool OutOfBag { get; init; }

    /// <summary>How far trees grow, given the number of columns that vary.</summary>
    public required Func<int, ForestLimits> Limits { get; init; }
}

/// <summary>What growing gave.</summary>
internal sealed record ForestResult(TreeEnsemble Trees, OutOfBag? OutOfBag);
