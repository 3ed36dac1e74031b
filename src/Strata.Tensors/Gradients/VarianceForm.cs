namespace Strata.Tensors.Gradients;

/// <summary>How a raw score says a variance.</summary>
public enum VarianceForm
{
    /// <summary>The score is the variance's logarithm.</summary>
    Logarithm,

    /// <summary><c>log(1 + exp(s))</c>, which does not explode, and at least 1e-6.</summary>
    Softplus,
}

/// <summary>Variances by these forms.</summary>
public static class VarianceForms
{
    /// <summary>Below the smallest variance of the softplus form, as PyTorch's <c>GaussianNLLLoss</c> has it.</summary>
    internal const double Least = 1e-6;

    /// <summary>The variance that a raw score says.</summary>
    public static double Variance(this VarianceForm form, double raw) =>
        form == VarianceForm.Logarithm ? Math.Exp(raw) : Math.Max(raw, 0) + double.LogP1(Math.Exp(-Math.Abs(raw))) + Least;
}
