using Strata.Client.Contracts;
using Strata.Learning.Validation.Comparison;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Storage;
using Strata.Server.Jobs;

namespace Strata.Server.Registry;

internal static class BenchmarksViews
{
    public static BenchmarkView Benchmark(this Job job) => new(
        job.Id,
        job.Payload["dataset_id"]!.GetValue<string>(),
        job.Payload["dataset_name"]!.GetValue<string>(),
        job.Payload["metric"]?.GetValue<string>(),
        [.. JsonText.Read<BenchmarkEntry[]>(job.Payload["models"]!.ToJsonString()).Select(entry => new BenchmarkEntryView(entry.ModelId, entry.Name, entry.Bytes))],
        job.View(),
        job.Result?["best"]?.GetValue<string>(),
        job.Project,
        job.CreatedAt);

    public static BenchmarkResult View(this BenchmarkOutcome outcome) =>
        new(outcome.Metric, outcome.HigherIsBetter, outcome.RowCount, [.. outcome.Models.Select(View)], outcome.Notes);

    private static BenchmarkedModelView View(BenchmarkedModel model) => new(
        model.Entry.ModelId,
        model.Entry.Name,
        model.Entry.Bytes,
        model.RowCount,
        model.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value, StringComparer.Ordinal),
        model.Intervals.ToDictionary(metric => metric.Key, metric => new MetricIntervalView(metric.Value.Low, metric.Value.High), StringComparer.Ordinal),
        model.Latency?.Median,
        model.Latency?.P95,
        model.BatchMilliseconds,
        model.AgainstBest is Difference difference ? new DifferenceView(difference.Mean, difference.Low, difference.High, difference.PValue) : null,
        model.Problem,
        model.Notes);
}
