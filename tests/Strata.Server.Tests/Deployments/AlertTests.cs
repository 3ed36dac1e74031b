using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform.Deployments;
using Strata.Server.Tests.Accounts;
using Xunit;
using DeploymentChange = Strata.Platform.Deployments.DeploymentChange;

namespace Strata.Server.Tests.Deployments;

/// <summary>Rules on deployments and webhooks over HTTP.</summary>
public abstract class AlertTests(TrainedRun trained)
{
    private const string Row = """{"depth":1.2,"period":3,"star":"dwarf"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StrataClient Client => trained.Running.Client;

    [Fact]
    public async Task Rules_on_a_deployment_fire_by_what_it_does_and_are_kept_with_their_history()
    {
        string name = await Deploy("watched");
        DeploymentPredictions answer = await Client.PredictByDeploymentAsync(name, new DeploymentPredictionRequest([.. Enumerable.Repeat(TrainedRun.Values("""{"depth":40,"period":3,"star":"dwarf"}"""), 60)]), Cancellation);
        await Client.PredictByDeploymentAsync(name, new DeploymentPredictionRequest([TrainedRun.Values(Row)]), Cancellation);
        await Client.RecordOutcomesAsync(name, answer.PredictionIds.Zip(answer.Items).ToDictionary(pair => pair.First, _ => "false"), Cancellation);
        AlertRuleView drift = await Add("drift", AlertCondition.DriftAbove, 0.25);
        AlertRuleView slow = await Add("slow", AlertCondition.LatencyAbove, 0.00001, least: 2);
        AlertRuleView quick = await Add("quick", AlertCondition.LatencyAbove, 60_000, least: 2);
        AlertRuleView few = await Add("few", AlertCondition.FailuresAbove, 0.1, least: 1000);
        AlertRuleView failing = await Add("failing", AlertCondition.FailuresAbove, 0.1, least: 2);
        AlertRuleView worse = await Add("worse", AlertCondition.PerformanceWorse, 0.5, metric: "accuracy");
        AlertRuleView held = await Add("held", AlertCondition.LatencyAbove, 0.00001, least: 2, hold: 3600);
        AlertRuleView canary = await Add("canary", AlertCondition.CanaryRolledBack, null);
        await trained.Running.Platform.Alerts.LookAsync();
        (await State(drift)).ShouldBe((AlertState.Firing, true));
        (await State(slow)).ShouldBe((AlertState.Firing, true));
        (await State(quick)).ShouldBe((AlertState.Ok, false));
        (await State(few)).ShouldBe((AlertState.Ok, null));
        (await State(failing)).ShouldBe((AlertState.Ok, false));
        (await State(worse)).ShouldBe((AlertState.Firing, true));
        (await State(held)).ShouldBe((AlertState.Pending, true));
        (await State(canary)).ShouldBe((AlertState.Ok, false));

        DeploymentLibrary deployments = trained.Running.Platform.Deployments;
        await deployments.ChangeAsync(name, deployments.Get(name).Current.Plan with { LogShare = 0.5 }, DeploymentChange.CanaryFailed, note: "The trial ended: it was slow.");
        await trained.Running.Platform.Alerts.LookAsync();
        AlertRuleView fired = await Client.AlertAsync(canary.Id, Cancellation);
        (fired.State, fired.Latest!.Message, fired.FiredAt is not null).ShouldBe((AlertState.Firing, "The trial ended: it was slow.", true));
        (await Client.AlertHistoryAsync(canary.Id, cancellation: Cancellation)).Items.Single().State.ShouldBe(AlertState.Firing);
        (await Client.AlertsAsync(name, cancellation: Cancellation)).Total.ShouldBe(8);
        foreach (AlertRuleView rule in (await Client.AlertsAsync(name, cancellation: Cancellation)).Items)
        {
            await Client.DeleteAlertAsync(rule.Id, Cancellation);
        }

        Task<AlertRuleView> Add(string rule, AlertCondition condition, double? threshold, int least = 20, string? metric = null, double hold = 0) =>
            Client.CreateAlertAsync(new AlertRuleRequest(rule, condition, name, threshold, metric, HoldSeconds: hold, LeastRequests: least), Cancellation);

        async Task<(AlertState, bool?)> State(AlertRuleView rule)
        {
            AlertRuleView now = await Client.AlertAsync(rule.Id, Cancellation);
            return (now.State, now.Latest?.Holds);
        }
    }

    [Fact]
    public async Task Webhooks_are_kept_with_a_secret_that_is_shown_once_and_tested()
    {
        WebhookView made = await Client.CreateWebhookAsync(new WebhookRequest("chat", "https://example.com/hook"), Cancellation);
        made.Secret!.ShouldStartWith("whsec_");
        (await Client.WebhookAsync(made.Id, Cancellation)).ShouldBe(made with { Secret = null });
        (await Client.WebhooksAsync(cancellation: Cancellation)).Items.ShouldContain(made with { Secret = null });
        (await Client.DeliveriesAsync(made.Id, cancellation: Cancellation)).Total.ShouldBe(0);
        AlertRuleView rule = await Client.CreateAlertAsync(new AlertRuleRequest("failed jobs", AlertCondition.JobFailed, WebhookIds: [made.Id, made.Id]), Cancellation);
        rule.WebhookIds.ShouldBe([made.Id]);
        await Client.DeleteAlertAsync(rule.Id, Cancellation);
        await Client.DeleteWebhookAsync(made.Id, Cancellation);
        await (await trained.Running.Http.GetAsync($"/api/webhooks/{made.Id}", Cancellation)).Problem(404);
    }

    [Fact]
    public async Task A_webhook_into_the_machine_is_refused_when_it_is_made_and_when_it_is_sent()
    {
        foreach (string address in new[] { "http://127.0.0.1:9/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "file:///etc/passwd", "http://a:b@example.com/" })
        {
            await (await Post("/api/webhooks", new WebhookRequest("trap", address))).Problem(422);
        }

        WebhookView local = await Client.CreateWebhookAsync(new WebhookRequest("trap", "http://localhost:9/"), Cancellation);
        DeliveryView sent = await Client.TestWebhookAsync(local.Id, Cancellation);
        sent.Status.ShouldBe(DeliveryStatus.Failed);
        sent.Error!.ShouldContain("not on the public Internet");
        sent.Answer.ShouldBeNull();
        await Client.DeleteWebhookAsync(local.Id, Cancellation);
    }

    [Fact]
    public async Task Rules_that_make_no_sense_are_refused()
    {
        string name = await Deploy("refused");
        var good = new AlertRuleRequest("r", AlertCondition.LatencyAbove, name, 5);
        foreach (AlertRuleRequest bad in new[] { good with { Threshold = null }, good with { Name = " " }, good with { WindowSeconds = 0 }, good with { HoldSeconds = 1e300 }, good with { Condition = AlertCondition.JobFailed } })
        {
            await (await Post("/api/alerts", bad)).Problem(422);
        }

        await (await Post("/api/alerts", good with { Deployment = "none" })).Problem(404);
        await (await Post("/api/alerts", good with { WebhookIds = ["none"] })).Problem(404);
    }

    private async Task<string> Deploy(string name) => (await Client.CreateDeploymentAsync(new DeploymentRequest(name, [new DeployedModelRequest(trained.Run.ModelId!)]), Cancellation)).Name;

    private Task<HttpResponseMessage> Post<T>(string address, T body) => trained.Running.Http.PostAsJsonAsync(address, body, WireJson.Options, Cancellation);
}

public sealed class AlertOnSqliteTests(TrainedRun trained) : AlertTests(trained), IClassFixture<TrainedRun>;

public sealed class AlertOnPostgresTests(TrainedPostgresRun trained) : AlertTests(trained), IClassFixture<TrainedPostgresRun>;

/// <summary>Somebody of another project who knows all ids.</summary>
public sealed class AlertOwnershipTests(ServerWithAccounts accounts) : IClassFixture<ServerWithAccounts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_projects_rules_and_webhooks_are_not_there_and_a_viewer_only_looks()
    {
        var deployer = new StrataClient(accounts.As("deployer"));
        WebhookView webhook = await deployer.CreateWebhookAsync(new WebhookRequest("chat", "https://example.com/"), Cancellation);
        AlertRuleView rule = await deployer.CreateAlertAsync(new AlertRuleRequest("failed", AlertCondition.JobFailed, WebhookIds: [webhook.Id]), Cancellation);
        (webhook.Project, rule.Project).ShouldBe((accounts.Ours.Id, accounts.Ours.Id));
        using HttpClient other = accounts.As("other"), viewer = accounts.As("viewer");
        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Get, $"/api/alerts/{rule.Id}"),
            (HttpMethod.Get, $"/api/alerts/{rule.Id}/history"),
            (HttpMethod.Get, $"/api/webhooks/{webhook.Id}"),
            (HttpMethod.Get, $"/api/webhooks/{webhook.Id}/deliveries"),
            (HttpMethod.Post, $"/api/webhooks/{webhook.Id}/test"),
            (HttpMethod.Delete, $"/api/webhooks/{webhook.Id}"),
            (HttpMethod.Delete, $"/api/alerts/{rule.Id}"),
        })
        {
            (await Send(other, method, path)).ShouldBe(HttpStatusCode.NotFound, path);
            (await Send(viewer, method, path)).ShouldBe(method == HttpMethod.Get ? HttpStatusCode.OK : HttpStatusCode.Forbidden, path);
        }

        (await other.GetStringAsync("/api/alerts", Cancellation)).ShouldNotContain(rule.Id);
        (await other.GetStringAsync("/api/webhooks", Cancellation)).ShouldNotContain(webhook.Id);
        using HttpResponseMessage borrowed = await other.PostAsJsonAsync("/api/alerts", new AlertRuleRequest("theirs", AlertCondition.JobFailed, WebhookIds: [webhook.Id]), WireJson.Options, Cancellation);
        borrowed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> Send(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
