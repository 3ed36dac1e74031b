namespace Strata.Learning.RandomKernels;

/// <summary>What series are measured by before kernels meet them.</summary>
public enum SeriesScaling
{
    /// <summary>Each channel of each series by its own mean and deviation: only the shape counts.</summary>
    Series,

    /// <summary>Each channel by its mean and deviation over all training rows: height and size count too.</summary>
    Training,

    /// <summary>As they are.</summary>
    None,
}
