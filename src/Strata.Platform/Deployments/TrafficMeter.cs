namespace Strata.Platform.Deployments;

/// <summary>Counts what one model of a deployment does, minute by minute. Counting waits for nobody; the minutes are stored now and then.</summary>
public sealed class TrafficMeter(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<TrafficCell> ended = [];
    private readonly TrafficCell before = new(default);
    private TrafficCell? current;

    /// <summary>The cell of this minute.</summary>
    public TrafficCell Current
    {
        get
        {
            DateTimeOffset now = clock.GetUtcNow();
            TrafficCell? cell = Volatile.Read(ref current);
            return cell is not null && now - cell.Minute < TimeSpan.FromMinutes(1) && now >= cell.Minute ? cell : Next(now);
        }
    }

    /// <summary>All that was counted since the server began.</summary>
    public TrafficCell Whole
    {
        get
        {
            var sum = new TrafficCell(default);
            lock (gate)
            {
                sum.Add(before);
                foreach (TrafficCell cell in current is null ? ended : [.. ended, current])
                {
                    sum.Add(cell);
                }
            }

            return sum;
        }
    }

    /// <summary>The cells that are not stored yet, or not whole: those that are over and the current one.</summary>
    public IReadOnlyList<TrafficCell> Unstored
    {
        get
        {
            lock (gate)
            {
                return current is null ? [.. ended] : [.. ended, current];
            }
        }
    }

    /// <summary>Lets go of cells that are over and stored.</summary>
    public void Forget(IEnumerable<TrafficCell> stored)
    {
        lock (gate)
        {
            foreach (TrafficCell cell in stored)
            {
                if (ended.Remove(cell))
                {
                    before.Add(cell);
                }
            }
        }
    }

    private TrafficCell Next(DateTimeOffset now)
    {
        DateTimeOffset minute = new(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        lock (gate)
        {
            if (current is not null && current.Minute != minute)
            {
                ended.Add(current);
                current = null;
            }

            return current ??= new TrafficCell(minute);
        }
    }
}
