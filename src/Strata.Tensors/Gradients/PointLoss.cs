namespace Strata.Tensors.Gradients;

/// <summary>A loss of one score and one target.</summary>
public enum PointLoss
{
    /// <summary><c>(s - t)^2</c>.</summary>
    SquaredError,

    /// <summary><c>|s - t|</c>.</summary>
    AbsoluteError,

    /// <summary>Half the squared error up to a width, then straight on (Huber 1964).</summary>
    Huber,

    /// <summary>The loss whose best constant is a quantile (Koenker and Bassett 1978).</summary>
    Quantile,

    /// <summary>Binary cross entropy of the log-odds s with a target between 0 and 1.</summary>
    Logistic,

    /// <summary><c>exp(s) - t s</c>: counts, s the logarithm of their mean.</summary>
    Poisson,
}
