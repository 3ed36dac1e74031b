namespace Strata.Learning.Neural.Architectures;

/// <summary>How a series of rows becomes one.</summary>
public enum SeriesPooling
{
    /// <summary>The last step's row; of a layer that reads in both directions, where each of them ends.</summary>
    Last,

    Mean,

    Max,

    /// <summary>A mean whose weights are found by attention of a learned query.</summary>
    Attention,
}
