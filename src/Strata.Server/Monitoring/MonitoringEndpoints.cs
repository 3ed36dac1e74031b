using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Monitoring;
using Strata.Server.Deployments;
using Strata.Server.Safety;

namespace Strata.Server.Monitoring;

internal static class MonitoringEndpoints
{
    /// <summary>Under the deployments.</summary>
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/{name}/drift", GetDrift).WithName("get_deployment_drift").Needs(Role.Viewer, Thing.Deployment, "name");
        routes.MapGet("/{name}/performance", GetPerformance).WithName("get_deployment_performance").Needs(Role.Viewer, Thing.Deployment, "name");
    }

    /// <summary>For collectors and load balancers, outside of the API.</summary>
    public static void MapProbes(WebApplication app)
    {
        app.MapGet("/metrics", PrometheusText.Answer).WithName("get_prometheus_metrics").ForUsers().OnReplicas().ExcludeFromDescription();
        app.MapGet("/health", () => Results.Text("OK")).WithName("get_liveness").Open().OnReplicas().ExcludeFromDescription();
        app.MapGet("/ready", Ready).WithName("get_readiness").Open().OnReplicas().ExcludeFromDescription();
    }

    /// <summary>Compares the rows and answers of the last hours with those of the model's test.</summary>
    internal static async Task<Ok<DriftView>> GetDrift(string name, double? hours, string? model_id, StrataPlatform platform)
    {
        DriftReport report = await platform.Monitor.DriftAsync(name, DeploymentsEndpoints.Hours(hours), model_id).ConfigureAwait(false);
        return TypedResults.Ok(new DriftView(report.ModelId, report.Rows, report.ReferenceRows, [.. report.Columns.Select(View)], report.Verdict));
    }

    /// <summary>How good a model was in the last hours, where outcomes are known, and an estimate without them.</summary>
    internal static async Task<Ok<PerformanceView>> GetPerformance(string name, double? hours, string? model_id, StrataPlatform platform)
    {
        PerformanceReport report = await platform.Monitor.PerformanceAsync(name, DeploymentsEndpoints.Hours(hours), model_id).ConfigureAwait(false);
        return TypedResults.Ok(new PerformanceView(report.ModelId, report.Known, report.Metrics, report.Reference, report.EstimatedAccuracy, report.Estimated));
    }

    /// <summary>Ready when the database answers and every deployment has its models in memory.</summary>
    private static IResult Ready(StrataPlatform platform)
    {
        int waiting = platform.Deployments.NotLoaded();
        return waiting == 0 ? Results.Text("ready") : Results.Text($"{waiting} deployments are not loaded", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static DriftedColumnView View(DriftedColumn column) => new(
        column.Drift.Column,
        column.IsPrediction,
        column.HasDrifted,
        column.Drift.Stability,
        column.Drift.Effect,
        column.Drift.PValue,
        column.AdjustedPValue,
        column.Drift.MissingBefore,
        column.Drift.MissingNow);
}
