using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Platform.Jobs;

/// <summary>Appends a worker's events to its file. Log lines go out at once; metrics and progress are gathered until the next flush.</summary>
internal sealed class EventWriter : IDisposable
{
    private const int MostGatheredBytes = 1 << 16;
    private const int LongestLine = 8_000;

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly MemoryStream gathered = new();
    private (double Percent, string? Doing)? progress;
    private bool isTorn;
    private long number;

    public EventWriter(string path, TimeProvider clock)
    {
        (this.clock, started) = (clock, clock.GetTimestamp());
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    public void Beat()
    {
        lock (gate)
        {
            Gather(New(WorkerEventType.Beat) with { Elapsed = clock.GetElapsedTime(started).TotalSeconds });
            Flush();
        }
    }

    /// <summary>The latest progress is written with the next flush; what it overtakes nobody would have seen.</summary>
    public void Progress(double percent, string? doing)
    {
        lock (gate)
        {
            progress = (Math.Clamp(percent, 0, 100), doing ?? progress?.Doing);
        }
    }

    public void Metric(string name, long step, double value)
    {
        lock (gate)
        {
            Gather(New(WorkerEventType.Metric) with { Metric = name, Step = step, Value = value });
            if (gathered.Length > MostGatheredBytes)
            {
                Flush();
            }
        }
    }

    public void Log(string text)
    {
        lock (gate)
        {
            foreach (string line in text.Split('\n'))
            {
                string shown = line.TrimEnd('\r');
                Gather(New(WorkerEventType.Log) with { Text = shown.Length <= LongestLine ? shown : string.Concat(shown.AsSpan(0, LongestLine), " ...") });
            }

            Flush();
        }
    }

    /// <summary>Writes what was gathered. When the disk refuses, it is kept for the next time and the torn line is closed first.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (progress is { } latest)
            {
                Gather(New(WorkerEventType.Progress) with { Percent = latest.Percent, Doing = latest.Doing });
                progress = null;
            }

            if (gathered.Length == 0)
            {
                return;
            }

            bool wasTorn = isTorn;
            isTorn = true;
            if (wasTorn)
            {
                file.Write("\n"u8);
            }

            file.Write(gathered.GetBuffer(), 0, (int)gathered.Length);
            isTorn = false;
            gathered.SetLength(0);
        }
    }

    public void Dispose()
    {
        file.Dispose();
        gathered.Dispose();
    }

    private WorkerEvent New(WorkerEventType type) => new() { Type = type, Number = ++number, Time = clock.GetUtcNow().ToUnixTimeMilliseconds() };

    private void Gather(WorkerEvent happened)
    {
        JsonSerializer.Serialize(gathered, happened, ModelFileJson.Options);
        gathered.WriteByte((byte)'\n');
    }
}
