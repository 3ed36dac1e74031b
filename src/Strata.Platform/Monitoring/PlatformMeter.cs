using System.Diagnostics.Metrics;
using Strata.Platform.Deployments;
using Strata.Platform.Monitoring.Alerts;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring;

/// <summary>The platform's numbers for collectors. They are read off when somebody collects, so that counting costs the requests nothing beyond what is counted anyway.</summary>
public sealed class PlatformMeter : IDisposable
{
    private readonly Meter meter = new(Telemetry.Name);

    public PlatformMeter(StrataPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        meter.CreateObservableGauge("strata.jobs", () => platform.Jobs.Counts().Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("status", JsonText.NameOf(pair.Key)))), "{job}", "Jobs by status.");
        meter.CreateObservableGauge("strata.alerts.firing", () => platform.Alerts.CountOf(AlertState.Firing), "{rule}", "Alert rules that are firing.");
        meter.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Memory of the server's process.");
        Count("answered", "Answered requests.", cell => cell.Answered);
        Count("rows", "Rows in the answered requests.", cell => cell.Rows);
        Count("refused", "Requests whose rows did not fit the model.", cell => cell.Refused);
        Count("failed", "Requests in which the model failed.", cell => cell.Failed);
        meter.CreateObservableGauge("strata.predictions.latency.p95", () => Each(platform, served => served.Traffic.Whole.Latency.QuantileInMilliseconds(0.95) ?? 0), "ms", "The 95th percentile of latency since the server began.");

        void Count(string name, string description, Func<TrafficCell, long> value) =>
            meter.CreateObservableCounter($"strata.predictions.{name}", () => Each(platform, served => value(served.Traffic.Whole)), description: description);
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<T>> Each<T>(StrataPlatform platform, Func<ServedModel, T> value)
        where T : struct =>
        from serving in platform.Deployments.InMemory
        from served in serving.Models
        select new Measurement<T>(value(served), new("deployment", serving.Deployment.Name), new("model", served.Stored.Id));
}
