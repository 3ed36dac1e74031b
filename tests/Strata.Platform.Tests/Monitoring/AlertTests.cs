using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Monitoring.Alerts;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Platform.Storage;
using Strata.Platform.Tests.Accounts;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Monitoring;

/// <summary>From a failed job to the message that tells of it. Nothing runs by itself here: the test looks and sends.</summary>
public class AlertTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly MovableClock clock = new();
    private StrataPlatform platform = null!;
    private WebhookSender sender = null!;

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.At("data"), Database) with { WebhookAllow = ["127.0.0.1"] }, TestPlatform.LoadModel, clock);
        sender = new WebhookSender(platform.Storage, new WebhookTargets(["127.0.0.1"]), clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_failed_job_fires_once_is_told_with_a_signature_and_resolves_when_its_window_is_over()
    {
        await using var receiver = new WebhookReceiver();
        (Webhook webhook, string secret) = await platform.Webhooks.CreateAsync("chat", receiver.Address);
        AlertRule rule = await platform.Alerts.CreateAsync(new AlertTerms { Name = "failed", Condition = AlertCondition.JobFailed, Window = TimeSpan.FromMinutes(10), WebhookIds = [webhook.Id] });
        await LookAndSend(0);
        platform.Alerts.Latest(rule.Id)!.Value.Reading.Holds.ShouldBe(false);

        clock.Move(TimeSpan.FromMinutes(1));
        await FailAsync("no such column");
        await LookAndSend(1);
        await LookAndSend(1);
        platform.Alerts.Get(rule.Id).Status.State.ShouldBe(AlertState.Firing);
        clock.Move(TimeSpan.FromMinutes(11));
        await LookAndSend(2);
        platform.Alerts.History(rule.Id).Items.Select(change => change.State).ShouldBe([AlertState.Resolved, AlertState.Firing]);

        (IReadOnlyDictionary<string, string> headers, string body) = receiver.Got.First();
        JsonNode told = JsonNode.Parse(body)!;
        (told["event"]!.GetValue<string>(), told["rule"]!.GetValue<string>(), told["value"]!.GetValue<double>()).ShouldBe(("firing", "failed", 1));
        told["message"]!.GetValue<string>().ShouldContain("no such column");
        told["id"]!.GetValue<string>().ShouldBe(headers["webhook-id"]);
        byte[] key = Convert.FromBase64String(secret["whsec_".Length..]);
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}")));
        headers["webhook-signature"].ShouldBe($"v1,{signature}");
        platform.Webhooks.Deliveries(webhook.Id).Items.ShouldAllBe(delivery => delivery.Status == DeliveryStatus.Delivered && delivery.Answer == 204 && delivery.Attempts == 1);

        async Task LookAndSend(int expected)
        {
            await platform.Alerts.LookAsync();
            await sender.SendDueAsync(Cancellation);
            receiver.Got.Count.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_with_the_same_id_after_growing_pauses_and_given_up_in_the_end()
    {
        await using var receiver = new WebhookReceiver(number => number switch { 1 => "500 Broken", 2 => "302 Found\r\nLocation: http://127.0.0.1:1/", 3 => "200 OK", _ => "410 Gone" });
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("chat", receiver.Address);
        await InsertAsync(webhook.Id);
        await sender.SendDueAsync(Cancellation);
        Delivery first = Newest(webhook.Id);
        (first.Status, first.Answer, first.NextAt - clock.GetUtcNow()).ShouldBe((DeliveryStatus.Waiting, 500, TimeSpan.FromSeconds(1)));
        await sender.SendDueAsync(Cancellation);
        receiver.Got.Count.ShouldBe(1);
        clock.Move(TimeSpan.FromSeconds(1));
        await sender.SendDueAsync(Cancellation);
        Newest(webhook.Id).Error!.ShouldContain("redirects are not followed");
        (Newest(webhook.Id).NextAt - clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(2));
        clock.Move(TimeSpan.FromSeconds(2));
        await sender.SendDueAsync(Cancellation);
        (Newest(webhook.Id).Status, Newest(webhook.Id).Attempts).ShouldBe((DeliveryStatus.Delivered, 3));
        receiver.Got.Select(got => got.Headers["webhook-id"]).Distinct().ShouldBe([first.Id]);

        await InsertAsync(webhook.Id);
        for (int i = 0; i < 20; i++)
        {
            await sender.SendDueAsync(Cancellation);
            clock.Move(TimeSpan.FromHours(1));
        }

        Delivery given = Newest(webhook.Id);
        (given.Status, given.Attempts, given.Answer).ShouldBe((DeliveryStatus.Failed, Delivery.MostAttempts, 410));
        clock.Move(TimeSpan.FromDays(31));
        await sender.ForgetAsync();
        platform.Webhooks.Deliveries(webhook.Id).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_server_was_sending_when_it_ended_is_sent_by_the_next()
    {
        await using var receiver = new WebhookReceiver();
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("chat", receiver.Address);
        Delivery delivery = await InsertAsync(webhook.Id);
        await platform.Storage.Database.WriteAsync(connection => DeliveryTable.Save(connection, delivery.Begin(clock.GetUtcNow(), TimeSpan.FromSeconds(20)), 0));
        await sender.SendDueAsync(Cancellation);
        receiver.Got.ShouldBeEmpty();
        clock.Move(TimeSpan.FromSeconds(21));
        await sender.SendDueAsync(Cancellation);
        receiver.Got.Count.ShouldBe(1);
        (Newest(webhook.Id).Status, Newest(webhook.Id).Attempts).ShouldBe((DeliveryStatus.Delivered, 2));
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_reached_and_the_history_says_so()
    {
        using var strict = new WebhookSender(platform.Storage, new WebhookTargets([], (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback])), clock);
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("trap", "http://innocent.example/");
        await InsertAsync(webhook.Id);
        await strict.SendDueAsync(Cancellation);
        Newest(webhook.Id).Error!.ShouldContain("'innocent.example' is at 127.0.0.1, which is not on the public Internet");
        Newest(webhook.Id).Answer.ShouldBeNull();
    }

    [Fact]
    public async Task A_test_is_tried_once_and_says_how_it_went()
    {
        await using var receiver = new WebhookReceiver(number => number == 1 ? "200 OK" : "503 Busy");
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("chat", receiver.Address);
        (await platform.Webhooks.TestAsync(webhook.Id, Cancellation)).ShouldSatisfyAllConditions(sent => sent.Status.ShouldBe(DeliveryStatus.Delivered), sent => sent.Event.ShouldBe("test"));
        (await platform.Webhooks.TestAsync(webhook.Id, Cancellation)).ShouldSatisfyAllConditions(sent => sent.Status.ShouldBe(DeliveryStatus.Failed), sent => sent.Answer.ShouldBe(503));
        await platform.Webhooks.DeleteAsync(webhook.Id);
        Should.Throw<NotFoundException>(() => platform.Webhooks.Deliveries(webhook.Id));
    }

    [Fact]
    public async Task A_rule_and_its_webhooks_are_of_one_project()
    {
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("chat", "https://example.com/", "theirs");
        await Should.ThrowAsync<Learning.Data.DataException>(() => platform.Alerts.CreateAsync(new AlertTerms { Name = "failed", Condition = AlertCondition.JobFailed, WebhookIds = [webhook.Id] }));
        await Should.ThrowAsync<NotFoundException>(() => platform.Alerts.CreateAsync(new AlertTerms { Name = "failed", Condition = AlertCondition.JobFailed, WebhookIds = ["none"] }));
        await Should.ThrowAsync<NotFoundException>(() => platform.Alerts.CreateAsync(new AlertTerms { Name = "slow", Condition = AlertCondition.LatencyAbove, Deployment = "none", Threshold = 1 }));
        AlertRule rule = await platform.Alerts.CreateAsync(new AlertTerms { Name = "failed", Condition = AlertCondition.JobFailed, Project = "theirs", WebhookIds = [webhook.Id] });
        await FailAsync("of another project");
        await platform.Alerts.LookAsync();
        platform.Alerts.Get(rule.Id).Status.State.ShouldBe(AlertState.Ok);
        await platform.Webhooks.DeleteAsync(webhook.Id);
        await platform.Alerts.DeleteAsync(rule.Id);
        platform.Alerts.List().Total.ShouldBe(0);
    }

    private async Task FailAsync(string error)
    {
        Job job = await platform.Jobs.EnqueueAsync(new JobRequest("succeed", []));
        await platform.Jobs.Ending.EndAsync(new EndedJob((await platform.Jobs.ClaimAsync())!, JobStatus.Failed, null, error, new Dictionary<string, Blob>()), Cancellation);
        platform.Jobs.Get(job.Id).Status.ShouldBe(JobStatus.Failed);
    }

    private async Task<Delivery> InsertAsync(string webhookId)
    {
        Delivery delivery = WebhookLibrary.Message(webhookId, "firing", new JsonObject { ["message"] = "é" }, clock.GetUtcNow());
        await platform.Storage.Database.WriteAsync(connection => DeliveryTable.Insert(connection, delivery));
        return delivery;
    }

    private Delivery Newest(string webhookId) => platform.Webhooks.Deliveries(webhookId).Items[0];
}

public sealed class AlertOnPostgresTests(PostgresCluster cluster) : AlertTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(AlertOnPostgresTests));
}
