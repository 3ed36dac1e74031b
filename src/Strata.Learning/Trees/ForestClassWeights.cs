namespace Strata.Learning.Trees;

/// <summary>How much the rows of each class count while trees are grown.</summary>
public enum ForestClassWeights
{
    /// <summary>All the same.</summary>
    None,

    /// <summary>Each class as much as any other in the whole table.</summary>
    Balanced,

    /// <summary>Each class as much as any other among the rows that a tree sees.</summary>
    BalancedPerTree,
}
