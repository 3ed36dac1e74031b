namespace Strata.Learning.Trees;

/// <summary>What the rows of a class count for, besides their own weights.</summary>
public enum ClassBalance
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Each class counts for as much as any other: rows are weighted by all weight over the number of classes times the class's weight.</summary>
    Balanced,

    /// <summary>Each class counts for as much as the heaviest one: the rows of the others are weighted up (LightGBM's is_unbalance).</summary>
    Lifted,
}
