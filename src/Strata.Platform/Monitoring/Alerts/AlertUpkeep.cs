using Strata.Platform.Monitoring.Webhooks;

namespace Strata.Platform.Monitoring.Alerts;

/// <summary>What goes on for alerts beside the requests: rules are looked at, deliveries sent, old ones forgotten. Each at its own pace, so that a slow webhook keeps nothing else waiting.</summary>
internal sealed class AlertUpkeep(AlertBook alerts, WebhookSender sender, PlatformOptions options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5), SendEvery = TimeSpan.FromMilliseconds(500), ForgetEvery = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource ending = new();
    private Task? loops;

    public void Start() => loops = Task.WhenAll(
        Task.Run(() => AgainAsync(LookEvery, alerts.LookAsync)),
        Task.Run(() => AgainAsync(SendEvery, () => sender.SendDueAsync(ending.Token))),
        Task.Run(() => AgainAsync(ForgetEvery, async () =>
        {
            await alerts.ForgetAsync().ConfigureAwait(false);
            await sender.ForgetAsync().ConfigureAwait(false);
        })));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        if (loops is not null)
        {
            await loops.ConfigureAwait(false);
        }

        sender.Dispose();
        ending.Dispose();
    }

    private async Task AgainAsync(TimeSpan every, Func<Task> work)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return; // What was being sent is sent by the next server.
            }
            catch (Exception e)
            {
                options.OnTrouble?.Invoke(e);
            }

            await Task.Delay(every, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
