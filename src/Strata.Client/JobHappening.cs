using Strata.Client.Contracts;

namespace Strata.Client;

/// <summary>Something that happened to a job. Exactly one of the three is there.</summary>
/// <param name="Id">What to resume after.</param>
/// <param name="Job">A new status or progress.</param>
/// <param name="Metric">A value of a metric.</param>
/// <param name="Line">A line of its log.</param>
public sealed record JobHappening(string Id, JobView? Job = null, MetricPoint? Metric = null, LogLine? Line = null);
