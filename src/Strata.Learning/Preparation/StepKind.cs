using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>One row of the table of steps: what it does, its recipe with the defaults, and how the fitted step is read back from a model file.</summary>
/// <param name="Summary">One or two sentences for people.</param>
/// <param name="Create">The recipe with its defaults.</param>
/// <param name="Read">Reads the fitted step of this name.</param>
public sealed record StepKind(string Summary, Func<IStep> Create, Func<string, ModelReader, IFittedStep> Read)
{
    /// <summary>The name that plans, model files and the command line use, such as <c>impute</c>.</summary>
    public string Name { get; } = Create().Name;
}
