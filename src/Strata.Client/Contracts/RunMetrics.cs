namespace Strata.Client.Contracts;

/// <summary>The metrics that were recorded while training.</summary>
public sealed record RunMetrics(IReadOnlyList<MetricSeries> Series);

/// <summary>One metric over the iterations.</summary>
/// <param name="Name">Such as <c>watched_log_loss</c>.</param>
/// <param name="Points">Pairs of 0-based step and value; the value is null where it is not a number.</param>
public sealed record MetricSeries(string Name, IReadOnlyList<IReadOnlyList<double?>> Points);

/// <summary>One value of one metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Step">The 0-based iteration.</param>
/// <param name="Value">Null where it is not a number.</param>
public sealed record MetricPoint(string Name, long Step, double? Value);
