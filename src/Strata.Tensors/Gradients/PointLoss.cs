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

    /// <summary>Huber's over its width, so that it goes straight on with slope 1 (Girshick 2015).</summary>
    SmoothAbsoluteError,

    /// <summary>The loss whose best constant is a quantile (Koenker and Bassett 1978).</summary>
    Quantile,

    /// <summary>Binary cross entropy of the log-odds s with a target between 0 and 1.</summary>
    Logistic,

    /// <summary>Binary cross entropy in which the target's share of class 1 counts by a weight.</summary>
    WeightedLogistic,

    /// <summary>Binary cross entropy in which what is already told well counts less: times <c>(1 - p)^focus</c>, p being the probability of the target (Lin et al. 2017).</summary>
    Focal,

    /// <summary><c>exp(s) - t s</c>: counts, s the logarithm of their mean.</summary>
    Poisson,
}
