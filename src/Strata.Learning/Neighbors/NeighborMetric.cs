namespace Strata.Learning.Neighbors;

/// <summary>How far two rows are from one another.</summary>
public enum NeighborMetric
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of the differences' magnitudes.</summary>
    Manhattan,

    /// <summary>One minus the cosine of the angle between the rows; 1 where a row is all zeros.</summary>
    Cosine,
}
