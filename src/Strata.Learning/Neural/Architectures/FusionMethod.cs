namespace Strata.Learning.Neural.Architectures;

/// <summary>How a network joins what it made of several modalities.</summary>
public enum FusionMethod
{
    /// <summary>Side by side, with a hidden layer behind.</summary>
    Concatenate,

    /// <summary>A sum in which each number of each modality has a gate that all of them decide (Arevalo et al. 2017).</summary>
    Gated,

    /// <summary>Each modality looks at the others by attention before they stand side by side (Vaswani et al. 2017).</summary>
    CrossAttention,
}
