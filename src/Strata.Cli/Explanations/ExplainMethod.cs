namespace Strata.Cli.Explanations;

/// <summary>By what <c>strata explain</c> explains.</summary>
internal enum ExplainMethod
{
    /// <summary>Exact contributions against averages of the training rows.</summary>
    Path,

    /// <summary>Exact contributions against background rows.</summary>
    Interventional,

    /// <summary>The exact way where the model has one, else kernel.</summary>
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
