namespace Strata.Platform.Jobs;

/// <summary>Wakes the one who waits; being set twice before anybody waits wakes once.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private readonly Lock gate = new();

    public void Set()
    {
        lock (gate)
        {
            if (semaphore.CurrentCount == 0)
            {
                semaphore.Release();
            }
        }
    }

    public Task WaitAsync(TimeSpan most, CancellationToken cancellation) => semaphore.WaitAsync(most, cancellation);

    public void Dispose() => semaphore.Dispose();
}
