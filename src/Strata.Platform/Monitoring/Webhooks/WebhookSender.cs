using System.Net;
using System.Net.Sockets;
using System.Text;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>Sends deliveries: each until its address has taken it, with growing pauses. Nothing of an answer is read but its status, and no redirect is followed.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly DataStore store;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public WebhookSender(DataStore store, WebhookTargets targets, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellation) => targets.ConnectAsync(context.DnsEndPoint, cancellation),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // A proxy would be asked for a name that nobody has checked.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
        })
        { Timeout = Longest };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Strata");
    }

    /// <summary>Sends what is due; several at once, so that a slow address does not keep the others waiting.</summary>
    public async Task SendDueAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Delivery> due = store.Database.Read(connection => DeliveryTable.Due(connection, clock.GetUtcNow(), AtOnce));
        await Task.WhenAll(due.Select(delivery => SendAsync(delivery, cancellation))).ConfigureAwait(false);
    }

    /// <summary>Tries a delivery once, unless another server is at it.</summary>
    public async Task<Delivery> SendAsync(Delivery delivery, CancellationToken cancellation)
    {
        Delivery begun = delivery.Begin(clock.GetUtcNow(), 2 * Longest);
        (Webhook? webhook, byte[] key) = await store.Database.WriteAsync(connection =>
            (DeliveryTable.Save(connection, begun, delivery.Attempts) ? WebhookTable.Find(connection, delivery.WebhookId) : null, Secrets.MakeKey(connection, WebhookSignature.KeyName))).ConfigureAwait(false);
        if (webhook is null)
        {
            return delivery;
        }

        (int? answer, string? error) = await PostAsync(webhook, begun, key, cancellation).ConfigureAwait(false);
        Delivery ended = begun.End(clock.GetUtcNow(), answer, error);
        await store.Database.WriteAsync(connection =>
        {
            DeliveryTable.Save(connection, ended, begun.Attempts);
        }).ConfigureAwait(false);
        return ended;
    }

    /// <summary>Forgets old deliveries.</summary>
    public Task ForgetAsync() => store.Database.WriteAsync(connection => DeliveryTable.DeleteBefore(connection, clock.GetUtcNow() - Kept));

    public void Dispose() => http.Dispose();

    private async Task<(int? Answer, string? Error)> PostAsync(Webhook webhook, Delivery delivery, byte[] key, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
            WebhookSignature.Sign(request, key, delivery, clock.GetUtcNow());
            using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            return (status, answer.IsSuccessStatusCode ? null : answer.StatusCode is >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest
                ? $"The address answered {status}; redirects are not followed."
                : $"The address answered {status}.");
        }
        catch (HttpRequestException e)
        {
            return (null, e.InnerException switch
            {
                TargetRefusedException refused => refused.Message,
                SocketException socket => $"The address could not be reached: {socket.Message}.",
                _ => $"The address could not be reached: {e.Message}",
            });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"The address did not answer within {Longest.TotalSeconds:0} seconds.");
        }
    }
}
