namespace Strata.Platform.Features;

/// <summary>What is made of the values of a window.</summary>
public enum FeatureAggregate
{
    /// <summary>The latest value that is not missing.</summary>
    Last,

    Mean,

    Sum,

    Min,

    Max,

    /// <summary>How many values are not missing.</summary>
    Count,

    /// <summary>The standard deviation of the sample; missing with fewer than two values.</summary>
    Std,
}
