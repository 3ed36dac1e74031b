using System.CommandLine;
using System.Globalization;
using Strata.Client.Contracts;

namespace Strata.Cli;

/// <summary><c>strata alert</c> and <c>strata webhook</c>: when somebody is told, and whom.</summary>
internal static class AlertCommands
{
    public static Command Alert(Terminal terminal)
    {
        Argument<string> id = new("id") { Description = "The rule's id." }, name = new("name") { Description = "What to call the rule." };
        var when = new Option<AlertCondition>("--when")
        {
            Description = "What to look at: drift-above (stability index), failures-above (share of requests), latency-above (95th percentile, milliseconds), performance-worse, canary-rolled-back or job-failed.",
            HelpName = "CONDITION",
            Required = true,
            CustomParser = result =>
            {
                if (Enum.TryParse(result.Tokens[0].Value.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true, out AlertCondition condition) && Enum.IsDefined(condition))
                {
                    return condition;
                }

                result.AddError("--when takes drift-above, failures-above, latency-above, performance-worse, canary-rolled-back or job-failed.");
                return default;
            },
        };
        var deployment = new Option<string?>("--deployment") { Description = "The deployment to look at; not for job-failed." };
        var threshold = new Option<double?>("--threshold") { Description = "What must be passed." };
        var metric = new Option<string?>("--metric") { Description = "For performance-worse: accuracy, log_loss, calibration_error, mae or rmse." };
        var window = Time("--window", "How far back to look.", "1h");
        var hold = Time("--hold", "How long the condition must hold before anybody is told.", null);
        var coolDown = Time("--cool-down", "How long after firing it does not fire again.", null);
        var least = new Option<int>("--least-requests") { Description = "Say nothing of fewer requests, or outcomes.", DefaultValueFactory = _ => 20 };
        var webhooks = new Option<string[]>("--webhook") { Description = "The id of a webhook to tell; may be given several times." };
        var project = new Option<string?>("--project") { Description = "For job-failed: the project." };
        return new Command("alert", "Tells webhooks when a deployment drifts, fails, slows down or gets worse, when a trial is taken back, or when a job fails.")
        {
            new AccountCommand(terminal, "add", "Makes a rule.", name, when, deployment, threshold, metric, window, hold, coolDown, least, webhooks, project).Does(
                (client, parsed, cancellation) => client.CreateAlertAsync(
                    new AlertRuleRequest(
                        parsed.GetValue(name)!,
                        parsed.GetValue(when),
                        parsed.GetValue(deployment),
                        parsed.GetValue(threshold),
                        parsed.GetValue(metric),
                        TimeText.Seconds(parsed.GetValue(window)) ?? 3600,
                        TimeText.Seconds(parsed.GetValue(hold)) ?? 0,
                        TimeText.Seconds(parsed.GetValue(coolDown)) ?? 0,
                        parsed.GetValue(least),
                        parsed.GetValue(webhooks),
                        parsed.GetValue(project)),
                    cancellation),
                Write),
            new AccountCommand(terminal, "list", "Lists the rules and how they stand.").Does(
                (client, _, cancellation) => client.AlertsAsync(null, 0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["ID", "RULE", "DEPLOYMENT", "STATE", "SINCE", "LATEST"], page.Items.Select(rule =>
                    new[] { rule.Id, rule.Name, rule.Deployment ?? "-", rule.State.ToString(), At(rule.Since), rule.Latest?.Message ?? "-" }))),
            new AccountCommand(terminal, "show", "Shows how a rule stands.", id).Does((client, parsed, cancellation) => client.AlertAsync(parsed.GetValue(id)!, cancellation), Write),
            new AccountCommand(terminal, "history", "Tells how a rule stood, newest first.", id).Does(
                (client, parsed, cancellation) => client.AlertHistoryAsync(parsed.GetValue(id)!, 0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["AT", "STATE", "WHY"], page.Items.Select(change => new[] { At(change.At), change.State.ToString(), change.Message ?? "-" }))),
            new AccountCommand(terminal, "delete", "Deletes a rule with its history.", id).Does((client, parsed, cancellation) => client.DeleteAlertAsync(parsed.GetValue(id)!, cancellation), parsed => $"Deleted {parsed.GetValue(id)}."),
        };
    }

    public static Command Webhook(Terminal terminal)
    {
        Argument<string> id = new("id") { Description = "The webhook's id." }, name = new("name") { Description = "What to call the webhook." }, address = new("address") { Description = "Where messages go, such as https://example.com/strata." };
        var project = new Option<string?>("--project") { Description = "The project that it goes to." };
        return new Command("webhook", "Keeps addresses that are told of alerts.")
        {
            new AccountCommand(terminal, "add", "Keeps an address, and shows once the secret by which its receiver checks what it gets.", name, address, project).Does(
                (client, parsed, cancellation) => client.CreateWebhookAsync(new WebhookRequest(parsed.GetValue(name)!, parsed.GetValue(address)!, parsed.GetValue(project)), cancellation),
                (writer, webhook) =>
                {
                    writer.WriteLine($"{webhook.Name} ({webhook.Id})");
                    writer.WriteLine($"Its secret, which is not shown again: {webhook.Secret}");
                }),
            new AccountCommand(terminal, "list", "Lists the webhooks.").Does(
                (client, _, cancellation) => client.WebhooksAsync(0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["ID", "WEBHOOK", "ADDRESS"], page.Items.Select(webhook => new[] { webhook.Id, webhook.Name, webhook.Address }))),
            new AccountCommand(terminal, "test", "Sends a message that says that it is a test.", id).Does(
                (client, parsed, cancellation) => client.TestWebhookAsync(parsed.GetValue(id)!, cancellation),
                (writer, sent) => writer.WriteLine(sent.Error ?? $"It arrived: the address answered {sent.Answer}.")),
            new AccountCommand(terminal, "deliveries", "Tells what was sent and what waits, newest first.", id).Does(
                (client, parsed, cancellation) => client.DeliveriesAsync(parsed.GetValue(id)!, 0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["AT", "EVENT", "STATUS", "ATTEMPTS", "ANSWER"], page.Items.Select(sent =>
                    new[] { At(sent.CreatedAt), sent.Event, sent.Status.ToString(), sent.Attempts.ToString(CultureInfo.InvariantCulture), sent.Error ?? sent.Answer?.ToString(CultureInfo.InvariantCulture) ?? "-" }))),
            new AccountCommand(terminal, "delete", "Deletes a webhook.", id).Does((client, parsed, cancellation) => client.DeleteWebhookAsync(parsed.GetValue(id)!, cancellation), parsed => $"Deleted {parsed.GetValue(id)}."),
        };
    }

    private static Option<string?> Time(string name, string description, string? usual) => new(name) { Description = $"{description} Such as 90s, 5m, 12h or 30d.", HelpName = "TIME", DefaultValueFactory = _ => usual };

    private static void Write(TextWriter writer, AlertRuleView rule)
    {
        writer.WriteLine($"{rule.Name} ({rule.Id}): {rule.State} since {At(rule.Since)}");
        writer.WriteLine($"  {rule.Condition}{(rule.Deployment is null ? string.Empty : $" of {rule.Deployment}")}{(rule.Threshold is double threshold ? $" {threshold.ToString("0.####", CultureInfo.InvariantCulture)}" : string.Empty)}");
        writer.WriteLine($"  {rule.Latest?.Message ?? "It has not been looked at yet."}");
    }

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
