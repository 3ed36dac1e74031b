namespace Strata.Learning.Neighbors;

/// <summary>How much each neighbour counts.</summary>
public enum NeighborWeights
{
    /// <summary>All the same.</summary>
    Uniform,

    /// <summary>By one over its distance; where some are at distance zero, they alone.</summary>
    Distance,
}
