using System.Text.Json;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Reads a worker's events from where the server has got to. A last line without its end waits for the rest.</summary>
internal static class EventReader
{
    private const int MostBytes = 1 << 20;

    /// <summary>The next whole lines after the offset, at most about a megabyte of them, and the offset behind them. Lines that are no events are left out.</summary>
    public static (IReadOnlyList<WorkerEvent> Events, long Next) Read(string path, long offset)
    {
        if (!File.Exists(path))
        {
            return ([], offset);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length <= offset)
        {
            return ([], offset);
        }

        file.Position = offset;
        var buffer = new byte[Math.Min(MostBytes, file.Length - offset)];
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        int end = bytes.LastIndexOf((byte)'\n') + 1;
        if (end == 0)
        {
            // No worker writes such a line; a file that is nothing else is skipped, so that the job can go on.
            return ([], bytes.Length == MostBytes ? offset + bytes.Length : offset);
        }

        var events = new List<WorkerEvent>();
        foreach (Range line in bytes[..end].Split((byte)'\n'))
        {
            if (TryRead(bytes[line]) is WorkerEvent happened)
            {
                events.Add(happened);
            }
        }

        return (events, offset + end);
    }

    private static WorkerEvent? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.IsEmpty ? null : JsonText.Read<WorkerEvent>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
