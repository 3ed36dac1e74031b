using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Server.Safety;

namespace Strata.Server.Monitoring;

internal static class WebhooksEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Create).WithName("create_webhook").Needs(Role.Deployer);
        routes.MapGet("/", List).WithName("list_webhooks").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_webhook").Needs(Role.Viewer, Thing.Webhook);
        routes.MapDelete("/{id}", Delete).WithName("delete_webhook").Needs(Role.Deployer, Thing.Webhook);
        routes.MapPost("/{id}/test", Test).WithName("test_webhook").Needs(Role.Deployer, Thing.Webhook);
        routes.MapGet("/{id}/deliveries", GetDeliveries).WithName("get_webhook_deliveries").Needs(Role.Viewer, Thing.Webhook);
    }

    /// <summary>Keeps an address. The answer has the secret by which its receiver checks what it gets; it is never shown again.</summary>
    internal static async Task<Created<WebhookView>> Create(WebhookRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.ProjectFor(Role.Deployer, request.Project, platform);
        (Webhook webhook, string secret) = await platform.Webhooks.CreateAsync(request.Name, request.Address, project).ConfigureAwait(false);
        return TypedResults.Created($"/api/webhooks/{webhook.Id}", webhook.View() with { Secret = secret });
    }

    /// <summary>The webhooks, newest first.</summary>
    internal static Ok<Client.Contracts.Page<WebhookView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Webhooks.List(paging.Offset, paging.Count, caller.Projects).View(AlertsViews.View));
    }

    /// <summary>One webhook.</summary>
    internal static Ok<WebhookView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Webhooks.Get(id).View());

    /// <summary>Deletes a webhook with the history of what was sent.</summary>
    internal static async Task<NoContent> Delete(string id, StrataPlatform platform)
    {
        await platform.Webhooks.DeleteAsync(id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Sends a message that says that it is a test, once, and says how that went.</summary>
    internal static async Task<Ok<DeliveryView>> Test(string id, StrataPlatform platform, CancellationToken cancellation) =>
        TypedResults.Ok((await platform.Webhooks.TestAsync(id, cancellation).ConfigureAwait(false)).View());

    /// <summary>What was sent in the last month and what waits, newest first.</summary>
    internal static Ok<Client.Contracts.Page<DeliveryView>> GetDeliveries(string id, int? offset, int? count, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Webhooks.Deliveries(id, paging.Offset, paging.Count).View(AlertsViews.View));
    }
}
