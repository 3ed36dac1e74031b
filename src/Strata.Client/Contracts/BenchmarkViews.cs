namespace Strata.Client.Contracts;

/// <summary>Which models to measure on a dataset whose target is known.</summary>
/// <param name="DatasetId">The dataset.</param>
/// <param name="Models">1 to 20 models that predict the same.</param>
/// <param name="Metric">What they are ranked by; null for log loss or RMSE.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
public sealed record BenchmarkRequest(string DatasetId, IReadOnlyList<BenchmarkModelRequest> Models, string? Metric = null, JobPriority? Priority = null);

/// <summary>A model to measure: a stored one, or a version of a registered one.</summary>
/// <param name="ModelId">The stored model; or else</param>
/// <param name="Name">the registered model, of the dataset's project, and</param>
/// <param name="Version">its version.</param>
public sealed record BenchmarkModelRequest(string? ModelId = null, string? Name = null, int? Version = null);

/// <summary>The record of one benchmark.</summary>
/// <param name="Id">Its id, which is also its job's.</param>
/// <param name="DatasetId">The dataset.</param>
/// <param name="DatasetName">The name of that dataset.</param>
/// <param name="Metric">What the models are ranked by; null for log loss or RMSE.</param>
/// <param name="Models">What is measured.</param>
/// <param name="Job">The job that measures.</param>
/// <param name="Best">The id of the best model, when finished.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="CreatedAt">When it was asked for.</param>
public sealed record BenchmarkView(
    string Id, string DatasetId, string DatasetName, string? Metric, IReadOnlyList<BenchmarkEntryView> Models, JobView Job, string? Best, string Project, DateTimeOffset CreatedAt);

/// <summary>A model that takes part.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Bytes">The size of its file.</param>
public sealed record BenchmarkEntryView(string ModelId, string Name, long Bytes);

/// <summary>What a benchmark came to.</summary>
/// <param name="Metric">What the models are ranked by.</param>
/// <param name="HigherIsBetter">Whether large values of it are good.</param>
/// <param name="RowCount">Rows of the dataset.</param>
/// <param name="Models">Those that could be measured from best to worst, then the others.</param>
/// <param name="Notes">What a reader should know, one sentence each.</param>
public sealed record BenchmarkResult(string Metric, bool HigherIsBetter, int RowCount, IReadOnlyList<BenchmarkedModelView> Models, IReadOnlyList<string> Notes);

/// <summary>How one model did.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Bytes">The size of its file.</param>
/// <param name="RowCount">Rows with a target, which it was measured on.</param>
/// <param name="Metrics">By name.</param>
/// <param name="Intervals">Where each metric lies with 95% certainty (bootstrap).</param>
/// <param name="LatencyMedian">Of a single row, in milliseconds; null where it could not be measured.</param>
/// <param name="LatencyP95">What 95 of 100 single rows stay within.</param>
/// <param name="BatchMilliseconds">For a row when all are asked at once.</param>
/// <param name="AgainstBest">Its ranking metric less the best one's (paired bootstrap); null for the best one itself and where it could not be told.</param>
/// <param name="Problem">Why it could not be measured; null where it could.</param>
/// <param name="Notes">What was done with the rows.</param>
public sealed record BenchmarkedModelView(
    string ModelId,
    string Name,
    long Bytes,
    int RowCount,
    IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyDictionary<string, MetricIntervalView> Intervals,
    double? LatencyMedian,
    double? LatencyP95,
    double? BatchMilliseconds,
    DifferenceView? AgainstBest,
    string? Problem,
    IReadOnlyList<string> Notes);
