namespace Strata.Learning.Neural.Architectures;

/// <summary>How a transformer knows where in a series a patch stands.</summary>
public enum PositionKind
{
    /// <summary>By waves of many lengths; for series of any length (Vaswani et al. 2017).</summary>
    Waves,

    /// <summary>By numbers that are learned for each place (Gehring et al. 2017).</summary>
    Learned,
}
