namespace Strata.Platform.Storage.Engines;

/// <summary>So many may read at once; the others wait, each woken by the one that leaves.</summary>
internal sealed class ReaderPlaces(int count)
{
    private readonly object gate = new();
    private int free = count;

    /// <summary>False when no place came free in time.</summary>
    public bool Take(TimeSpan wait)
    {
        long end = Environment.TickCount64 + (long)wait.TotalMilliseconds;
        lock (gate)
        {
            while (free == 0)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(gate, TimeSpan.FromMilliseconds(left)))
                {
                    return false;
                }
            }

            free--;
            return true;
        }
    }

    public void Give()
    {
        lock (gate)
        {
            free++;
            Monitor.Pulse(gate);
        }
    }
}
