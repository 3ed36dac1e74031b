using System.Buffers;
using System.Text.Json;
using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>
/// The log of one deployment's predictions. Adding copies an entry to a page in memory and returns; pages are packed and stored a few times a second, off the requests' path. Pages that the disk
/// does not take are kept and tried again up to a limit of memory: what comes on top of it is dropped, and counted.
/// </summary>
public sealed class PredictionLog
{
    private const int BytesPerPage = 1 << 20;
    private const long MostWaitingBytes = 64L << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    [ThreadStatic]
    private static Utf8JsonWriter? scratchWriter;

    private readonly string deploymentId;
    private readonly Database database;
    private readonly Lock gate = new();
    private readonly Queue<PredictionPage> waiting = [];
    private PredictionPage current = new();
    private PredictionPage? spare;
    private Task storing = Task.CompletedTask;
    private long waitingBytes;
    private long dropped;
    private long logged;

    internal PredictionLog(string deploymentId, Database database) => (this.deploymentId, this.database) = (deploymentId, database);

    /// <summary>How many entries were lost since the server began, because the disk did not take them in time.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>How many entries were taken since the server began.</summary>
    public long Logged => Interlocked.Read(ref logged);

    public void Add(in PredictionEntry entry)
    {
        ReadOnlySpan<byte> bytes = Write(entry);
        lock (gate)
        {
            if (waitingBytes + current.Bytes + bytes.Length > MostWaitingBytes)
            {
                dropped++;
                return;
            }

            logged++;
            current.Add(bytes, DateTimeOffset.FromUnixTimeMilliseconds(entry.At.ToUnixTimeMilliseconds()));
            if (current.Bytes >= BytesPerPage)
            {
                Turn();
            }
        }
    }

    /// <summary>Stores what was added before the call.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            if (current.Count > 0)
            {
                Turn();
            }

            return storing = waiting.Count > 0 ? StoreAsync(storing) : storing.IsCompleted ? Task.CompletedTask : storing;
        }
    }

    /// <summary>The logged predictions between two times, page by page, the newest page first. What was added within the last moments is there after <see cref="FlushAsync"/>.</summary>
    public IReadOnlyList<LoggedPrediction> Read(DateTimeOffset from, DateTimeOffset to, int most, Func<LoggedPrediction, bool>? where = null)
    {
        List<LoggedPrediction> found = database.Read(connection =>
        {
            var taken = new List<LoggedPrediction>();
            foreach (PredictionPage page in PredictionPageTable.Read(connection, deploymentId, from, to))
            {
                taken.AddRange(page.Read().Where(entry => entry.At >= from && entry.At <= to && where?.Invoke(entry) != false).Reverse());
                if (taken.Count >= most)
                {
                    break;
                }
            }

            return taken;
        });
        return found.Count > most ? found[..most] : found;
    }

    /// <summary>The predictions with these ids, those of shadow models among them.</summary>
    public IReadOnlyList<LoggedPrediction> Find(IReadOnlyCollection<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var times = wanted.Select(id => PredictionId.TryTime(id, out DateTimeOffset at) ? at : (DateTimeOffset?)null).OfType<DateTimeOffset>().Distinct().Order().ToArray();
        return times.Length == 0
            ? []
            : database.Read(connection => PredictionPageTable.Read(connection, deploymentId, times[0], times[^1])
                .Where(page => HoldsAny(page, times))
                .SelectMany(page => page.Read().Where(entry => wanted.Contains(entry.Id)))
                .ToArray());
    }

    private static bool HoldsAny(PredictionPage page, DateTimeOffset[] times)
    {
        int place = Array.BinarySearch(times, page.First);
        place = place < 0 ? ~place : place;
        return place < times.Length && times[place] <= page.Last;
    }

    private void Turn()
    {
        waiting.Enqueue(current);
        waitingBytes += current.Bytes;
        (current, spare) = (spare ?? new PredictionPage(), null);
    }

    private PredictionPage? Peek()
    {
        lock (gate)
        {
            return waiting.TryPeek(out PredictionPage? page) ? page : null;
        }
    }

    /// <summary>One page after the other, so that none is stored twice.</summary>
    private async Task StoreAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        while (Peek() is PredictionPage page)
        {
            string packed = page.Pack();
            await database.WriteAsync(connection => PredictionPageTable.Insert(connection, deploymentId, page, packed)).ConfigureAwait(false);
            lock (gate)
            {
                waitingBytes -= waiting.Dequeue().Bytes;
                page.Clear();
                spare = page;
            }
        }
    }

    private static ReadOnlySpan<byte> Write(in PredictionEntry entry)
    {
        ArrayBufferWriter<byte> buffer = scratch ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        Utf8JsonWriter writer = scratchWriter ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.Reset();
        entry.Write(writer);
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
