using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Deployments;

internal static class DeploymentsViews
{
    public static DeploymentView View(this Deployment deployment, StrataPlatform platform) =>
        new(deployment.Id, deployment.Name, deployment.Project, deployment.Current.View(platform), deployment.CreatedAt);

    public static DeploymentRevisionView View(this DeploymentRevision revision, StrataPlatform platform)
    {
        double whole = revision.Plan.Models.Where(model => !model.IsShadow).Sum(model => model.Weight);
        return new DeploymentRevisionView(
            revision.Number,
            [.. revision.Plan.Models.Select(model => View(model, whole, platform))],
            revision.Plan.LogShare,
            revision.Plan.Canary is { } trial ? new CanaryView(trial.ModelId, trial.Until, trial.MostFailures, trial.MostSlowdown, trial.LeastRequests) : null,
            revision.Change.To<Wire.DeploymentChange>(),
            revision.Note,
            revision.By,
            revision.At);
    }

    public static LoggedPredictionView View(this LoggedPrediction logged) => new(
        logged.Id,
        logged.At,
        logged.ModelId,
        logged.Revision,
        logged.UserId,
        logged.IsShadow,
        logged.Took.TotalMilliseconds,
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(logged.Row, WireJson.Options)!,
        logged.Class is string name ? new PredictedValue(name) : new PredictedValue(logged.Number ?? double.NaN),
        logged.Probabilities);

    public static DeploymentTraffic View(this IReadOnlyList<(string ModelId, TrafficCell Cell)> traffic, long logged, long dropped, long shadowsDropped) => new(
        [.. traffic.GroupBy(pair => pair.ModelId).Select(group => Whole(group.Key, group.Select(pair => pair.Cell)))],
        [.. traffic.GroupBy(pair => (pair.Cell.Minute, pair.ModelId)).Select(group => InMinute(group.Key.Minute, Whole(group.Key.ModelId, group.Select(pair => pair.Cell))))],
        logged,
        dropped,
        shadowsDropped);

    private static TrafficMinute InMinute(DateTimeOffset minute, TrafficView sum) => new(minute, sum.ModelId, sum.Answered, sum.Rows, sum.Refused, sum.Failed, sum.Latency);

    private static TrafficView Whole(string modelId, IEnumerable<TrafficCell> cells)
    {
        var sum = new TrafficCell(default);
        foreach (TrafficCell cell in cells)
        {
            sum.Add(cell);
        }

        LatencyHistogram latency = sum.Latency;
        return new TrafficView(
            modelId,
            sum.Answered,
            sum.Rows,
            sum.Refused,
            sum.Failed,
            latency.QuantileInMilliseconds(0.5) is double half ? new LatencyView(half, latency.QuantileInMilliseconds(0.95)!.Value, latency.QuantileInMilliseconds(0.99)!.Value) : null);
    }

    private static DeployedModelView View(DeployedModel deployed, double whole, StrataPlatform platform)
    {
        StoredModel? stored = platform.Models.Find(deployed.ModelId);
        return new DeployedModelView(deployed.ModelId, stored?.Name, stored?.Version, stored?.Algorithm, deployed.Weight, deployed.IsShadow ? 0 : deployed.Weight / whole, deployed.IsShadow);
    }
}
