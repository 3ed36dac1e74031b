using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Monitoring.Alerts;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server.Monitoring;

internal static class AlertsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Create).WithName("create_alert").Makes().Needs(Role.Deployer);
        routes.MapGet("/", List).WithName("list_alerts").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_alert").Needs(Role.Viewer, Thing.AlertRule);
        routes.MapGet("/{id}/history", GetHistory).WithName("get_alert_history").Needs(Role.Viewer, Thing.AlertRule);
        routes.MapDelete("/{id}", Delete).WithName("delete_alert").Needs(Role.Deployer, Thing.AlertRule);
    }

    /// <summary>Makes a rule. It is looked at every few seconds, drift and performance every minute; when it begins or ceases to hold, its webhooks are told.</summary>
    internal static async Task<Created<AlertRuleView>> Create(AlertRuleRequest request, Caller caller, StrataPlatform platform)
    {
        string project = request.Deployment is string deployment ? caller.Require(Role.Deployer, Thing.Deployment, deployment, platform) : caller.ProjectFor(Role.Deployer, request.Project, platform);
        foreach (string webhook in request.WebhookIds ?? [])
        {
            caller.RequireNamed(Role.Viewer, Thing.Webhook, webhook, platform);
        }

        AlertRule rule = await platform.Alerts.CreateAsync(request.Terms(project)).ConfigureAwait(false);
        return TypedResults.Created($"/api/alerts/{rule.Id}", rule.View(platform));
    }

    /// <summary>The rules, newest first; of one deployment, or all.</summary>
    internal static Ok<Client.Contracts.Page<AlertRuleView>> List(int? offset, int? count, string? deployment, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Alerts.List(paging.Offset, paging.Count, deployment, caller.Projects).View(rule => rule.View(platform)));
    }

    /// <summary>One rule, how it stands, and what was read last.</summary>
    internal static Ok<AlertRuleView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Alerts.Get(id).View(platform));

    /// <summary>How it stood, newest first.</summary>
    internal static Ok<Client.Contracts.Page<AlertChangeView>> GetHistory(string id, int? offset, int? count, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Alerts.History(id, paging.Offset, paging.Count).View(AlertsViews.View));
    }

    /// <summary>Deletes a rule with its history.</summary>
    internal static async Task<NoContent> Delete(string id, StrataPlatform platform)
    {
        await platform.Alerts.DeleteAsync(id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
