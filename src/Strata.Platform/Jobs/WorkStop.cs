namespace Strata.Platform.Jobs;

/// <summary>How a worker's work is brought to its end: at once, or after the checkpoint for which it still has time.</summary>
internal sealed class WorkStop : IDisposable
{
    /// <summary>How long a checkpoint is waited for; together with the end itself it stays below ten seconds.</summary>
    public static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource source;
    private readonly CancellationTokenSource enough = new();
    private readonly FileCheckpoint checkpoint;

    public WorkStop(FileCheckpoint checkpoint, CancellationToken cancellation)
    {
        this.checkpoint = checkpoint;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        checkpoint.WantedSaved = Now;
    }

    public CancellationToken Token => source.Token;

    /// <summary>Cancelled when the work is to end soon with what is ready.</summary>
    public CancellationToken Enough => enough.Token;

    /// <summary>Callbacks of the token belong to the work; one that blocks must not stop whoever calls this.</summary>
    public void Now() => ThreadPool.UnsafeQueueUserWorkItem(Cancel, source, preferLocal: false);

    /// <summary>The work goes on to its end by the shortest way.</summary>
    public void WithWhatIsReady() => ThreadPool.UnsafeQueueUserWorkItem(Cancel, enough, preferLocal: false);

    /// <summary>Work that looks for no checkpoints ends at once.</summary>
    public void AfterCheckpoint()
    {
        if (!checkpoint.IsUsed)
        {
            Now();
            return;
        }

        checkpoint.IsWanted = true;
        source.CancelAfter(CheckpointPatience);
    }

    public void Dispose()
    {
        source.Dispose();
        enough.Dispose();
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended by itself meanwhile.
        }
    }
}
