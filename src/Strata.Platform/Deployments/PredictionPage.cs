using System.Buffers.Binary;
using System.IO.Compression;

namespace Strata.Platform.Deployments;

/// <summary>A stretch of a prediction log: entries one after the other, each behind its length, so that nothing inside an entry can pass for another one.</summary>
internal sealed class PredictionPage
{
    private const int LengthBytes = 4;

    private readonly MemoryStream entries;

    private PredictionPage(MemoryStream entries, int count, DateTimeOffset first, DateTimeOffset last) => (this.entries, Count, First, Last) = (entries, count, first, last);

    public PredictionPage()
        : this(new MemoryStream(), 0, DateTimeOffset.MaxValue, DateTimeOffset.MinValue)
    {
    }

    public int Count { get; private set; }

    public int Bytes => (int)entries.Length;

    /// <summary>The earliest and the latest time of an entry, as their ids tell it.</summary>
    public DateTimeOffset First { get; private set; }

    public DateTimeOffset Last { get; private set; }

    public static PredictionPage Unpack(string packed, int count, DateTimeOffset first, DateTimeOffset last)
    {
        var entries = new MemoryStream();
        using var source = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        source.CopyTo(entries);
        return new PredictionPage(entries, count, first, last);
    }

    public void Add(ReadOnlySpan<byte> entry, DateTimeOffset at)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(length, entry.Length);
        entries.Write(length);
        entries.Write(entry);
        (Count, First, Last) = (Count + 1, at < First ? at : First, at > Last ? at : Last);
    }

    /// <summary>Makes it an empty page again, which keeps its memory.</summary>
    public void Clear()
    {
        entries.SetLength(0);
        (Count, First, Last) = (0, DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
    }

    /// <summary>The entries packed, as text that any database holds.</summary>
    public string Pack()
    {
        using var packed = new MemoryStream(entries.GetBuffer().Length / 4 + 64);
        using (var target = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            target.Write(entries.GetBuffer(), 0, Bytes);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    public IEnumerable<LoggedPrediction> Read()
    {
        byte[] bytes = entries.GetBuffer();
        for (int at = 0, end = Bytes; at < end;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            yield return LoggedPrediction.Read(bytes.AsSpan(at + LengthBytes, length));
            at += LengthBytes + length;
        }
    }
}
