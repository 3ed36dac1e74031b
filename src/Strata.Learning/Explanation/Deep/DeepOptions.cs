using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Deep;

/// <summary>How gradients become attributions.</summary>
public enum GradientMethod
{
    /// <summary>Gradients along the line from the training means to the row, times the way (Sundararajan, Taly and Yan 2017): they sum to the difference of the two scores, but for the error that is told.</summary>
    IntegratedGradients,

    /// <summary>The gradient at the row times its distance from the training means: quicker, and true to a network only as far as that is a line.</summary>
    GradientTimesInput,
}

/// <summary>How a network's scores are attributed to its inputs.</summary>
public sealed record DeepOptions
{
    public GradientMethod Method { get; init; } = GradientMethod.IntegratedGradients;

    /// <summary>Points of the line that gradients are taken at; more lower the completeness error.</summary>
    public int Steps { get; init; } = 64;

    /// <summary>Threads, cancellation, progress in rows.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting is out of its range.</exception>
    internal void Check() => DataException.ThrowIfAny(Steps is < 1 or > 10_000 ? [$"Steps are {Steps}; expected 1 to 10000."] : []);
}
