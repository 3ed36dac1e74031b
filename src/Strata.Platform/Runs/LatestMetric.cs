namespace Strata.Platform.Runs;

/// <summary>The last point of a metric: that of the greatest step, and of several there the latest, then the greatest.</summary>
/// <param name="Point">The point.</param>
/// <param name="IsResult">Whether it is what the run has come to on its test rows, and not the end of a series.</param>
public sealed record LatestMetric(MetricPoint Point, bool IsResult);
