using System.Globalization;
using System.Text;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Server.Safety;

namespace Strata.Server.Monitoring;

/// <summary>The server's counts in the text format that Prometheus reads; of deployments only those that the caller may see.</summary>
internal static class PrometheusText
{
    public static IResult Answer(Caller caller, StrataPlatform platform, ServerStart start, TimeProvider clock) =>
        Results.Text(Of(caller, platform, clock.GetUtcNow() - start.Time), "text/plain; version=0.0.4");

    private static string Of(Caller caller, StrataPlatform platform, TimeSpan up)
    {
        var text = new StringBuilder();
        Head(text, "strata_uptime_seconds", "gauge", "Since the server began.");
        Line(text, "strata_uptime_seconds", string.Empty, up.TotalSeconds);
        Head(text, "process_resident_memory_bytes", "gauge", "Memory of the server's process.");
        Line(text, "process_resident_memory_bytes", string.Empty, Environment.WorkingSet);
        Jobs(text, platform.Jobs.Counts(caller.Projects));
        ServingDeployment[] seen = [.. platform.Deployments.InMemory.Where(serving => caller.RoleIn(serving.Deployment.Project) is not null).OrderBy(serving => serving.Deployment.Name, StringComparer.Ordinal)];
        foreach ((string name, string help, Func<TrafficCell, double> value) in new (string, string, Func<TrafficCell, double>)[]
        {
            ("strata_predictions_answered_total", "Answered requests.", cell => cell.Answered),
            ("strata_predictions_rows_total", "Rows in the answered requests.", cell => cell.Rows),
            ("strata_predictions_refused_total", "Requests whose rows did not fit the model.", cell => cell.Refused),
            ("strata_predictions_failed_total", "Requests in which the model failed.", cell => cell.Failed),
        })
        {
            Head(text, name, "counter", help);
            Each(seen, (labels, served) => Line(text, name, labels, value(served.Traffic.Whole)));
        }

        Latency(text, seen);
        Head(text, "strata_prediction_log_dropped_total", "counter", "Predictions that the log lost.");
        foreach (ServingDeployment serving in seen)
        {
            Line(text, "strata_prediction_log_dropped_total", $"deployment=\"{serving.Deployment.Name}\"", serving.Log.Dropped);
        }

        return text.ToString();
    }

    private static void Jobs(StringBuilder text, IReadOnlyDictionary<JobStatus, long> counts)
    {
        Head(text, "strata_jobs", "gauge", "Jobs by status.");
        foreach ((JobStatus status, long count) in counts)
        {
            Line(text, "strata_jobs", $"status=\"{JsonText.NameOf(status)}\"", count);
        }

        Head(text, "strata_job_queue_length", "gauge", "Jobs that wait for a free worker.");
        Line(text, "strata_job_queue_length", string.Empty, counts[JobStatus.Queued]);
    }

    private static void Latency(StringBuilder text, ServingDeployment[] seen)
    {
        const string name = "strata_prediction_seconds";
        Head(text, name, "histogram", "How long answers took.");
        Each(seen, (labels, served) =>
        {
            LatencyHistogram latency = served.Traffic.Whole.Latency;
            long below = 0;
            for (int i = 0; i < LatencyHistogram.BoundsInMilliseconds.Count; i++)
            {
                below += latency.Counts[i];
                Line(text, $"{name}_bucket", string.Create(CultureInfo.InvariantCulture, $"{labels},le=\"{LatencyHistogram.BoundsInMilliseconds[i] / 1000:R}\""), below);
            }

            Line(text, $"{name}_bucket", $"{labels},le=\"+Inf\"", latency.Total);
            Line(text, $"{name}_count", labels, latency.Total);
        });
    }

    /// <summary>Names of deployments and ids of models hold nothing that would need to be escaped.</summary>
    private static void Each(ServingDeployment[] seen, Action<string, ServedModel> write)
    {
        foreach (ServingDeployment serving in seen)
        {
            foreach (ServedModel served in serving.Models)
            {
                write($"deployment=\"{serving.Deployment.Name}\",model=\"{served.Stored.Id}\"", served);
            }
        }
    }

    private static void Head(StringBuilder text, string name, string kind, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : string.Empty).Append(CultureInfo.InvariantCulture, $" {value:R}\n");
}
