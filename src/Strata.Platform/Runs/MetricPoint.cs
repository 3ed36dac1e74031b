namespace Strata.Platform.Runs;

/// <summary>A metric's value at one step of a training; NaN and infinities are kept.</summary>
public sealed record MetricPoint(string Name, long Step, double Value);
