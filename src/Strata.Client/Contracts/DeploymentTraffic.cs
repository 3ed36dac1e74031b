namespace Strata.Client.Contracts;

/// <summary>What the models of a deployment did in the last hours.</summary>
/// <param name="Models">By model, over the whole time.</param>
/// <param name="Minutes">By minute and model, in order of time; minutes without requests are left out.</param>
/// <param name="Logged">Predictions in the log.</param>
/// <param name="Dropped">Predictions that the log lost since the server began, because the disk did not take them in time.</param>
/// <param name="ShadowsDropped">Requests that shadow models were not asked about since the server began, because they could not keep up.</param>
public sealed record DeploymentTraffic(IReadOnlyList<TrafficView> Models, IReadOnlyList<TrafficMinute> Minutes, long Logged, long Dropped, long ShadowsDropped);

/// <summary>What one model did.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Answered">Answered requests.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="Refused">Requests whose rows did not fit the model.</param>
/// <param name="Failed">Requests in which the model failed.</param>
/// <param name="Latency">How long answers took; null when there were none.</param>
public sealed record TrafficView(string ModelId, long Answered, long Rows, long Refused, long Failed, LatencyView? Latency);

/// <summary>What one model did in one minute.</summary>
public sealed record TrafficMinute(DateTimeOffset Minute, string ModelId, long Answered, long Rows, long Refused, long Failed, LatencyView? Latency);

/// <summary>How long answers took in milliseconds: half of them, 95 of 100 and 99 of 100 less.</summary>
public sealed record LatencyView(double P50, double P95, double P99);
