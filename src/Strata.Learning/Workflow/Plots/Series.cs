namespace Strata.Learning.Workflow.Plots;

/// <summary>A named line through points.</summary>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
