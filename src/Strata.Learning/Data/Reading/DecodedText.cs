using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>The text of a file as UTF-8, rewritten when the file has another encoding. By its byte order mark, or the zero bytes of UTF-16.</summary>
internal sealed class DecodedText : IDisposable
{
    private const int SampledBytes = 4096;
    private readonly TableBytes original;
    private TableBytes? rewritten;

    public DecodedText(TableBytes bytes, Encoding? encoding, CancellationToken cancellation)
    {
        original = bytes;
        EncodingName = Encoding.UTF8.WebName;
        encoding ??= Recognized(bytes.Head(SampledBytes));
        if (encoding is not null && encoding.CodePage != Encoding.UTF8.CodePage && encoding.CodePage != Encoding.ASCII.CodePage)
        {
            DecodeAs(encoding, cancellation);
        }
    }

    /// <summary>What Western files mostly are when they are not UTF-8; every Latin-1 text reads the same in it.</summary>
    public static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public TableBytes Bytes => rewritten ?? original;

    public string EncodingName { get; private set; }

    public bool IsDecoded => rewritten is not null;

    public void DecodeAs(Encoding encoding, CancellationToken cancellation)
    {
        using Stream utf8 = Encoding.CreateTranscodingStream(original.OpenRead(), encoding, Encoding.UTF8);
        using var spool = new Spool(long.MaxValue);
        var buffer = new byte[1 << 17];
        for (int count; (count = utf8.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            spool.Write(buffer.AsSpan(0, count));
        }

        rewritten = spool.ToBytes();
        EncodingName = encoding.WebName;
    }

    public void Dispose() => rewritten?.Dispose();

    private static Encoding? Recognized(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return Encoding.UTF32;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode : WithoutMark(head);
    }

    /// <summary>Text in European letters has a zero in every second byte of UTF-16, and never two in one pair.</summary>
    private static Encoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        int pairs = head.Length / 2, zeroFirst = 0, zeroSecond = 0;
        for (int i = 0; i < pairs; i++)
        {
            zeroFirst += head[2 * i] == 0 ? 1 : 0;
            zeroSecond += head[2 * i + 1] == 0 ? 1 : 0;
        }

        return pairs < 2 || (zeroFirst > 0 && zeroSecond > 0) ? null
            : zeroSecond > pairs / 2 ? Encoding.Unicode
            : zeroFirst > pairs / 2 ? Encoding.BigEndianUnicode
            : null;
    }
}
