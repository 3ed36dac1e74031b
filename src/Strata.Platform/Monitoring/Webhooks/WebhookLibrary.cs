using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>All webhooks, and what was sent to them.</summary>
public sealed class WebhookLibrary
{
    private const int MostOfAProject = 100;

    private readonly DataStore store;
    private readonly WebhookTargets targets;
    private readonly WebhookSender sender;
    private readonly TimeProvider clock;

    internal WebhookLibrary(DataStore store, WebhookTargets targets, WebhookSender sender, TimeProvider clock) => (this.store, this.targets, this.sender, this.clock) = (store, targets, sender, clock);

    /// <summary>Keeps an address.</summary>
    /// <returns>The webhook, and the secret by which its receiver checks what it gets.</returns>
    /// <exception cref="DataException">The name or the address will not do, or the address is one that webhooks do not reach.</exception>
    public async Task<(Webhook Webhook, string Secret)> CreateAsync(string name, string address, string project = ProjectScope.Usual)
    {
        targets.Check(address);
        var webhook = new Webhook { Id = NewId.Next(), Name = AccountName.Checked("webhook", name), Project = project, Address = address, CreatedAt = clock.GetUtcNow() };
        return await store.Database.WriteAsync(connection =>
        {
            if (WebhookTable.List(connection, 0, 0, [project]).Total >= MostOfAProject)
            {
                throw new ConflictException($"The project has {MostOfAProject} webhooks, the most that one may have. Delete some first.");
            }

            WebhookTable.Insert(connection, webhook);
            return (Get(connection, webhook.Id), WebhookSignature.SecretOf(Secrets.MakeKey(connection, WebhookSignature.KeyName), webhook.Id));
        }).ConfigureAwait(false);
    }

    /// <exception cref="NotFoundException">There is no such webhook.</exception>
    public Webhook Get(string id) => store.Database.Read(connection => Get(connection, id));

    /// <summary>The newest first, of the given projects or of all.</summary>
    public Page<Webhook> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) => store.Database.Read(connection => WebhookTable.List(connection, offset, count, projects));

    /// <summary>Deletes a webhook with the history of what was sent; rules that named it tell one address fewer.</summary>
    public Task DeleteAsync(string id) => store.Database.WriteAsync(connection =>
    {
        Get(connection, id);
        DeliveryTable.DeleteOf(connection, id);
        WebhookTable.Delete(connection, id);
    });

    /// <summary>What was sent and what waits, the newest first; for a month.</summary>
    public Page<Delivery> Deliveries(string id, int offset = 0, int count = 100) => store.Database.Read(connection => DeliveryTable.List(connection, Get(connection, id).Id, offset, count));

    /// <summary>Sends a message that says that it is a test, at once; the answer says how that went.</summary>
    public async Task<Delivery> TestAsync(string id, CancellationToken cancellation = default)
    {
        Webhook webhook = Get(id);
        Delivery delivery = Message(webhook.Id, Delivery.TestEvent, new JsonObject { ["webhook"] = webhook.Name, ["message"] = "This is a test." }, clock.GetUtcNow());
        await store.Database.WriteAsync(connection => DeliveryTable.Insert(connection, delivery with { NextAt = delivery.CreatedAt.AddMinutes(1) })).ConfigureAwait(false);
        Delivery sent = await sender.SendAsync(delivery, cancellation).ConfigureAwait(false);
        return store.Database.Read(connection => DeliveryTable.Find(connection, sent.Id)) ?? sent;
    }

    /// <summary>A message to be sent from now on.</summary>
    internal static Delivery Message(string webhookId, string happened, JsonObject told, DateTimeOffset now)
    {
        string id = NewId.Next();
        var body = new JsonObject { ["id"] = id, ["event"] = happened, ["at"] = now };
        foreach ((string name, JsonNode? value) in told)
        {
            body[name] = value?.DeepClone();
        }

        return new Delivery { Id = id, WebhookId = webhookId, Event = happened, Body = body.ToJsonString(), CreatedAt = now, NextAt = now };
    }

    internal static Webhook Get(IDbConnection connection, string id) => WebhookTable.Find(connection, id) ?? throw NotFoundException.Of("webhook", id);
}
