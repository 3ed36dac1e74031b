namespace Strata.Platform.Runs;

/// <summary>A metric's value at one step; NaN and infinities are kept.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Step">The step of the training.</param>
/// <param name="Value">The value.</param>
/// <param name="Time">When it was measured, in milliseconds since 1970; 0 where nobody said.</param>
public sealed record MetricPoint(string Name, long Step, double Value, long Time = 0);
