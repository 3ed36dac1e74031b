using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>What goes on beside the requests: logs and traffic are stored, changes by other servers taken over, old pages of the log deleted.</summary>
internal sealed class DeploymentUpkeep : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrafficEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetentionEvery = TimeSpan.FromHours(1);

    private readonly DeploymentLibrary deployments;
    private readonly DataStore store;
    private readonly PlatformOptions options;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource ending = new();
    private readonly List<(TimeSpan Every, Func<Task> Work, long Last)> duties = [];
    private Task? loop;

    public DeploymentUpkeep(DeploymentLibrary deployments, CanaryWatch canaries, DataStore store, PlatformOptions options, TimeProvider clock)
    {
        (this.deployments, this.store, this.options, this.clock) = (deployments, store, options, clock);
        Add(Pause, StoreLogsAsync, onReplicas: true);
        Add(TrafficEvery, StoreTrafficAsync, onReplicas: true);
        Add(RetentionEvery, DeleteOldAsync);
        Add(WatchEvery, canaries.LookAsync);
        Add(RefreshEvery, () =>
        {
            deployments.Refresh();
            return Task.CompletedTask;
        }, onReplicas: true);
    }

    /// <summary>Has something done again and again; a later room adds what it looks after. What one server does for all is not for replicas.</summary>
    public void Add(TimeSpan every, Func<Task> work, bool onReplicas = false)
    {
        if (onReplicas || !options.IsReplica)
        {
            duties.Add((every, work, 0));
        }
    }

    /// <summary>Loads what is deployed. What cannot be loaded is told, and tried again when somebody asks for it.</summary>
    public void Start()
    {
        Survive(() =>
        {
            deployments.Refresh();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
        loop = Task.WhenAll(Task.Run(LoopAsync), Task.Run(() => deployments.Shadows.RunAsync(ending.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        if (loop is not null)
        {
            await loop.ConfigureAwait(false);
            await Survive(StoreLogsAsync).ConfigureAwait(false);
            await Survive(StoreTrafficAsync).ConfigureAwait(false);
        }

        ending.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            for (int i = 0; i < duties.Count; i++)
            {
                (TimeSpan every, Func<Task> work, long last) = duties[i];
                if (last == 0 || clock.GetElapsedTime(last) >= every)
                {
                    duties[i] = (every, work, clock.GetTimestamp());
                    await Survive(work).ConfigureAwait(false);
                }
            }

            await Task.Delay(Pause, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Survive(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            options.OnTrouble?.Invoke(e);
        }
    }

    private async Task StoreLogsAsync()
    {
        foreach (PredictionLog log in deployments.Logs)
        {
            await log.FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task StoreTrafficAsync()
    {
        foreach (((string deploymentId, string modelId), TrafficMeter meter) in deployments.Meters)
        {
            IReadOnlyList<TrafficCell> cells = meter.Unstored;
            DateTimeOffset now = clock.GetUtcNow();
            if (cells.Count > 0)
            {
                await store.Database.WriteAsync(connection =>
                {
                    foreach (TrafficCell cell in cells)
                    {
                        TrafficTable.Save(connection, deploymentId, modelId, deployments.ServerId, cell);
                    }
                }).ConfigureAwait(false);

                // A request that began in the last second of a minute may still be counted in it.
                meter.Forget(cells.Where(cell => now - cell.Minute > TimeSpan.FromMinutes(2)));
            }
        }
    }

    private Task DeleteOldAsync() => store.Database.WriteAsync(connection => PredictionPageTable.DeleteBefore(connection, clock.GetUtcNow() - options.PredictionLogKept));
}
