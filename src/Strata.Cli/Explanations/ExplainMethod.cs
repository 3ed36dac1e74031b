namespace Strata.Cli.Explanations;

/// <summary>By what <c>strata explain</c> explains.</summary>
internal enum ExplainMethod
{
    /// <summary>Contributions: exact where the model has them, else sampled.</summary>
    Auto,

    /// <summary>Exact contributions against averages of the training rows.</summary>
    Path,

    /// <summary>Exact contributions against background rows.</summary>
    Interventional,

    /// <summary>The same as auto, told as a table of means where no file is named.</summary>
    Shap,

    Kernel,
    Permutation,
    Lime,
    Pdp,
    Ice,
    Ale,

    /// <summary>Friedman's H of pairs of columns.</summary>
    Interactions,

    Counterfactual,
    Surrogate,
    Gradients,
    Occlusion,
    Cohort,
}
