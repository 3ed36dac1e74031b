namespace Strata.Learning.Clusters;

/// <summary>What the covariances of a mixture's components may be.</summary>
public enum MixtureCovariance
{
    /// <summary>Each component has its own.</summary>
    Full,

    /// <summary>All components share one.</summary>
    Tied,

    /// <summary>Each component has its own variances, without correlation.</summary>
    Diagonal,

    /// <summary>Each component has a single variance of its own.</summary>
    Spherical,
}
