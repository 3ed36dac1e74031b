using Strata.Client.Contracts;

namespace Strata.Client;

/// <summary>Alerts and webhooks.</summary>
public sealed partial class StrataClient
{
    public Task<AlertRuleView> CreateAlertAsync(AlertRuleRequest request, CancellationToken cancellation = default) => Post<AlertRuleView>("api/alerts", Json(request), cancellation);

    /// <summary>The rules, newest first; of one deployment, or all.</summary>
    public Task<Page<AlertRuleView>> AlertsAsync(string? deployment = null, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<AlertRuleView>>($"api/alerts?offset={offset}&count={count}{(deployment is null ? string.Empty : $"&deployment={Segment(deployment)}")}", cancellation);

    public Task<AlertRuleView> AlertAsync(string id, CancellationToken cancellation = default) => Get<AlertRuleView>($"api/alerts/{Segment(id)}", cancellation);

    /// <summary>How a rule stood, newest first.</summary>
    public Task<Page<AlertChangeView>> AlertHistoryAsync(string id, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<AlertChangeView>>($"api/alerts/{Segment(id)}/history?offset={offset}&count={count}", cancellation);

    public Task DeleteAlertAsync(string id, CancellationToken cancellation = default) => Delete($"api/alerts/{Segment(id)}", cancellation);

    /// <summary>Keeps an address; the answer has the secret by which its receiver checks what it gets.</summary>
    public Task<WebhookView> CreateWebhookAsync(WebhookRequest request, CancellationToken cancellation = default) => Post<WebhookView>("api/webhooks", Json(request), cancellation);

    public Task<Page<WebhookView>> WebhooksAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<WebhookView>>($"api/webhooks?offset={offset}&count={count}", cancellation);

    public Task<WebhookView> WebhookAsync(string id, CancellationToken cancellation = default) => Get<WebhookView>($"api/webhooks/{Segment(id)}", cancellation);

    public Task DeleteWebhookAsync(string id, CancellationToken cancellation = default) => Delete($"api/webhooks/{Segment(id)}", cancellation);

    /// <summary>Sends a message that says that it is a test, and says how that went.</summary>
    public Task<DeliveryView> TestWebhookAsync(string id, CancellationToken cancellation = default) => Post<DeliveryView>($"api/webhooks/{Segment(id)}/test", null, cancellation);

    /// <summary>What was sent and what waits, newest first.</summary>
    public Task<Page<DeliveryView>> DeliveriesAsync(string webhookId, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<DeliveryView>>($"api/webhooks/{Segment(webhookId)}/deliveries?offset={offset}&count={count}", cancellation);
}
