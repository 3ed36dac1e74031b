namespace Strata.Learning.Neural.Optimizers;

/// <summary>How long gradients may be in a step; 0 for no limit.</summary>
/// <param name="Norm">All of them together: longer ones are scaled down to this length (Pascanu et al. 2013).</param>
/// <param name="Value">Each number, after that: beyond it is cut off.</param>
internal readonly record struct GradientLimits(double Norm, double Value)
{
    /// <summary>What gradients of this length are multiplied by, as PyTorch's <c>clip_grad_norm_</c> does.</summary>
    public float Factor(double length) => length > Norm ? (float)(Norm / (length + 1e-6)) : 1;
}
