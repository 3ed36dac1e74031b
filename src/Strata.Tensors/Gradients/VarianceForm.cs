namespace Strata.Tensors.Gradients;

/// <summary>How a raw score says a variance.</summary>
public enum VarianceForm
{
    /// <summary>The score is the variance's logarithm.</summary>
    Logarithm,

    /// <summary><c>log(1 + exp(s))</c>, which does not explode, and at least 1e-6.</summary>
    Softplus,
}

/// <summary>The numbers of these forms.</summary>
internal static class VarianceForms
{
    /// <summary>Below the smallest variance, as PyTorch's <c>GaussianNLLLoss</c> has it.</summary>
    public const double Least = 1e-6;
}
