namespace Strata.Learning.Automl;

/// <summary>How much is tried for a better model.</summary>
public enum AutomlPreset
{
    /// <summary>A few quick candidates on three folds, one layer.</summary>
    Fast,

    /// <summary>The whole portfolio on five folds, one layer.</summary>
    Good,

    /// <summary>As good, with a second layer that learns from the answers of the first.</summary>
    High,

    /// <summary>As high, with more folds and, where time is left, the best candidates fitted again on other folds.</summary>
    Best,
}
