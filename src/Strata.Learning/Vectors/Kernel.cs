namespace Strata.Learning.Vectors;

/// <summary>How alike two rows are: what a support vector machine knows of them.</summary>
public enum Kernel
{
    /// <summary>exp(-gamma |x - z|²): nearness; fits any smooth boundary.</summary>
    Rbf,

    /// <summary>(gamma x·z + coef0)^degree: products of up to so many columns.</summary>
    Polynomial,

    /// <summary>x·z: a plane.</summary>
    Linear,
}

/// <summary>A kernel with its numbers.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Gamma">Factor of distances or products.</param>
/// <param name="Degree">Of the polynomial.</param>
/// <param name="Coef0">Added to products before the power.</param>
internal sealed record KernelFunction(Kernel Kind, double Gamma, int Degree, double Coef0);
