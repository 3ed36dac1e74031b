using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Platform.Jobs;
using Strata.Server.Events;
using LogLine = Strata.Client.Contracts.LogLine;

namespace Strata.Server.Jobs;

internal static class JobsViews
{
    public static JobView View(this Job job) => new(
        job.Id,
        job.Kind,
        job.Status.To<Client.Contracts.JobStatus>(),
        Math.Clamp(job.Progress, 0, 100),
        job.CurrentStep ?? string.Empty,
        job.Error,
        job.CreatedAt,
        job.StartedAt,
        job.EndedAt,
        job.Attempt,
        job.Result.Element(),
        job.Owner,
        job.Terms.AskedBy,
        job.Terms.Priority.To<Client.Contracts.JobPriority>(),
        job.QueuePosition,
        job.Terms.After,
        job.IsPauseRequested && !job.Status.IsEnded(),
        job.Project,
        job.IsFinishRequested && !job.Status.IsEnded());

    public static LogLine View(this Platform.Jobs.LogLine line) => new(line.Number, line.Time, line.Text);

    public static ServerEvent View(this JobEvent happened) => new(
        happened.IsLast ? $"{happened.Id}{JobsEndpoints.EndMark}" : $"{happened.Id}",
        happened.Name,
        happened switch
        {
            { Job: Job job } => job.View(),
            { Metric: { } metric } => new MetricPoint(metric.Name, metric.Step, metric.Value),
            { Line: { } line } => line.View(),
            _ => throw new InvalidOperationException($"The event '{happened.Name}' carries nothing."),
        });

    public static JsonElement? Element(this JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node);
}
