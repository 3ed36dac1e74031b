
namespace Strata.Platform.Jobs;

/// <summary>
/// The worker's own thread that shows it lives and listens for the wish to stop. It is no pool thread: work that keeps the whole pool busy must not look dead.
/// </summary>
internal sealed class Pulse : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private const int LooksPerBeat = 10;

    private readonly AttemptFolder folder;
    private readonly EventWriter events;
    private readonly CancellationTokenSource stop;
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread thread;

    public Pulse(AttemptFolder folder, EventWriter events, CancellationTokenSource stop)
    {
        (this.folder, this.events, this.stop) = (folder, events, stop);
        thread = new Thread(Run) { IsBackground = true, Name = "strata-pulse", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>Whether the wish to stop came through the folder.</summary>
    public bool IsAskedToStop { get; private set; }

    public void Dispose()
    {
        ended.Set();
        thread.Join();
        ended.Dispose();
    }

    private void Run()
    {
        int looks = 0;
        do
        {
            Look(isBeat: looks++ % LooksPerBeat == 0);
        }
        while (!ended.Wait(LookInterval));
    }

    private void Look(bool isBeat)
    {
        try
        {
            if (!IsAskedToStop && (File.Exists(folder.StopFile) || !File.Exists(folder.OrderFile)))
            {
                IsAskedToStop = true;
                // Callbacks of the token belong to the work; one that blocks must not stop the pulse.
                ThreadPool.UnsafeQueueUserWorkItem(source => source.Cancel(), stop, preferLocal: false);
            }

            if (isBeat)
            {
                events.Beat();
            }
            else
            {
                events.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A full disk: the next look tries again, and a worker that stays silent is stopped by the server.
        }
    }
}
