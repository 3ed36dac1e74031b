namespace Strata.Learning.Neural;

/// <summary>What a network lowers.</summary>
public enum NetworkLoss
{
    /// <summary>Cross entropy for classes, the squared error for numbers.</summary>
    Auto,

    /// <summary>Of classes.</summary>
    CrossEntropy,

    /// <summary>Of classes: cross entropy in which rows that are already told well count less (Lin et al. 2017).</summary>
    Focal,

    /// <summary>Of numbers; predicts means.</summary>
    SquaredError,

    /// <summary>Of numbers; predicts medians.</summary>
    AbsoluteError,

    /// <summary>Of numbers: the squared error up to a width, then straight on (Huber 1964).</summary>
    Huber,

    /// <summary>Of numbers; predicts a quantile (Koenker and Bassett 1978).</summary>
    Quantile,

    /// <summary>Of numbers: the network says a mean and how far measurements lie from it (Nix and Weigend 1994).</summary>
    GaussianNll,

    /// <summary>As the Gaussian likelihood, but rows whose numbers scatter are not neglected (Seitzer et al. 2022).</summary>
    BetaNll,
}
