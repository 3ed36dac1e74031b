namespace Strata.Learning.Trees;

/// <summary>What makes the two sides of a split pure, where classes are predicted; for numbers it is always the squared error.</summary>
public enum ImpurityCriterion
{
    /// <summary>The chance that two rows of a side differ in class (Breiman et al. 1984).</summary>
    Gini,

    /// <summary>The entropy of a side's classes (Quinlan 1986).</summary>
    Entropy,
}
