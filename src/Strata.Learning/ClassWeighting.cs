namespace Strata.Learning;

/// <summary>How classes of unequal size count.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts by its own weight.</summary>
    None,

    /// <summary>Every class counts the same in all: rows are weighted by total weight / (classes times weight of the row's class).</summary>
    Balanced,
}
