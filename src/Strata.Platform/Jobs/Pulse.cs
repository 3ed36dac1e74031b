
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
    private readonly WorkStop stop;
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread thread;
    private StopReason? obeyed;
    private bool isFinishing;

    public Pulse(AttemptFolder folder, EventWriter events, WorkStop stop)
    {
        (this.folder, this.events, this.stop) = (folder, events, stop);
        thread = new Thread(Run) { IsBackground = true, Name = "strata-pulse", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>Whether the wish to stop came through the folder.</summary>
    public bool IsAskedToStop => obeyed is not null;

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

    /// <summary>A wish to pause leaves time for a checkpoint; any other, also one that follows it, does not.</summary>
    private void Obey(StopReason? asked)
    {
        if (asked is null || asked == obeyed)
        {
            return;
        }

        obeyed = asked;
        if (asked == StopReason.Paused)
        {
            stop.AfterCheckpoint();
        }
        else
        {
            stop.Now();
        }
    }

    private void Look(bool isBeat)
    {
        try
        {
            if (obeyed is null or StopReason.Paused)
            {
                Obey(File.Exists(folder.OrderFile) ? folder.ReadStop() : StopReason.Abandoned);
            }

            if (!isFinishing && File.Exists(folder.FinishFile))
            {
                isFinishing = true;
                stop.WithWhatIsReady();
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
