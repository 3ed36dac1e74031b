using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

internal sealed class JobRunner(DataStore store, JobQueue queue, PlatformOptions options, TimeProvider clock) : IAsyncDisposable
{
    public Task StartAsync(CancellationToken cancellation)
    {
        _ = (store, queue, options, clock);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
