namespace Strata.Tensors.Backends;

/// <summary>A function of one number, applied everywhere.</summary>
public enum Activation
{
    /// <summary><c>max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>x</c>, below 0 a hundredth of it.</summary>
    LeakyRelu,

    /// <summary><c>x</c>, below 0 <c>exp(x) - 1</c> (Clevert et al. 2015).</summary>
    Elu,

    /// <summary><c>x</c> times the chance that a normal number is below it (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary><c>x / (1 + exp(-x))</c> (Elfwing et al. 2017).</summary>
    Silu,

    Tanh,

    Sigmoid,

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    Softplus,
}
