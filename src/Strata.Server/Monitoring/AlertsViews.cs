using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Monitoring.Alerts;
using Strata.Platform.Monitoring.Webhooks;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Monitoring;

internal static class AlertsViews
{
    private const double MostSeconds = 1e9;

    /// <exception cref="DataException">A time is no number of seconds.</exception>
    public static AlertTerms Terms(this AlertRuleRequest request, string project) => new()
    {
        Name = request.Name,
        Project = project,
        Condition = request.Condition.To<Platform.Monitoring.Alerts.AlertCondition>(),
        Deployment = request.Deployment,
        Threshold = request.Threshold,
        Metric = request.Metric,
        Window = Time(request.WindowSeconds, "window_seconds"),
        Hold = Time(request.HoldSeconds, "hold_seconds"),
        CoolDown = Time(request.CoolDownSeconds, "cool_down_seconds"),
        LeastRequests = request.LeastRequests,
        WebhookIds = [.. (request.WebhookIds ?? []).Distinct(StringComparer.Ordinal)],
    };

    public static AlertRuleView View(this AlertRule rule, StrataPlatform platform) => new(
        rule.Id,
        rule.Terms.Name,
        rule.Terms.Project,
        rule.Terms.Condition.To<Wire.AlertCondition>(),
        rule.Terms.Deployment,
        rule.Terms.Threshold,
        rule.Terms.Metric,
        rule.Terms.Window.TotalSeconds,
        rule.Terms.Hold.TotalSeconds,
        rule.Terms.CoolDown.TotalSeconds,
        rule.Terms.LeastRequests,
        rule.Terms.WebhookIds,
        rule.CreatedAt,
        rule.Status.State.To<Wire.AlertState>(),
        rule.Status.Since,
        rule.Status.FiredAt,
        platform.Alerts.Latest(rule.Id) is (AlertReading reading, DateTimeOffset at) ? new AlertReadingView(at, reading.Holds, reading.Value, reading.Message) : null);

    public static AlertChangeView View(this AlertChange change) => new(change.State.To<Wire.AlertState>(), change.At, change.Value, change.Message);

    public static WebhookView View(this Webhook webhook) => new(webhook.Id, webhook.Name, webhook.Project, webhook.Address, webhook.CreatedAt, null);

    public static DeliveryView View(this Delivery delivery) => new(
        delivery.Id,
        delivery.Event,
        delivery.Status.To<Wire.DeliveryStatus>(),
        delivery.Attempts,
        delivery.Status == Platform.Monitoring.Webhooks.DeliveryStatus.Waiting ? delivery.NextAt : null,
        delivery.Answer,
        delivery.Error,
        delivery.CreatedAt,
        delivery.EndedAt,
        delivery.Body);

    private static TimeSpan Time(double seconds, string name) =>
        Math.Abs(seconds) <= MostSeconds ? TimeSpan.FromSeconds(seconds) : throw new DataException($"{name} is {seconds}; expected a number of seconds up to {MostSeconds:0}.");
}
