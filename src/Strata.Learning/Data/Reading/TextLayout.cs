namespace Strata.Learning.Data.Reading;

/// <summary>A stretch of whole records, parsed by one thread at a time.</summary>
/// <param name="Start">Address of its first byte.</param>
/// <param name="End">Address behind its last byte.</param>
/// <param name="FirstRow">0-based; an upper bound of the rows before it, exact unless there are blank lines.</param>
/// <param name="MostRows">The newlines outside quotes: it holds at most so many records.</param>
internal readonly record struct TextChunk(nint Start, nint End, long FirstRow, long MostRows);

/// <summary>Where the records of a text can be cut: chunks of whole records, and how many records there can be.</summary>
internal sealed unsafe class TextLayout
{
    private const int UsualChunkBytes = 4 << 20;
    private const int MostChunks = 1024;

    private TextLayout(TextChunk[] chunks) => Chunks = chunks;

    public TextChunk[] Chunks { get; }

    /// <summary>At least the number of records.</summary>
    public long MostRows => Chunks.Length == 0 ? 0 : Chunks[^1].FirstRow + Chunks[^1].MostRows;

    /// <exception cref="DataException">There is a NUL byte, an endless quote, or a field that is too long; the message names the line.</exception>
    /// <exception cref="InvalidUtf8Exception">The text is in another encoding.</exception>
    public static TextLayout Of(DelimitedText text, TableReadOptions options, CancellationToken cancellation)
    {
        long length = text.End - text.Body;
        int wanted = (int)Math.Clamp(length / UsualChunkBytes, Math.Min(options.Threads * 4L, length / options.LeastChunkBytes), MostChunks);
        nint[] cuts = EvenCuts(text, Math.Max(1, wanted));
        var scans = new ByteScan[cuts.Length - 1];
        var invalid = new nint[cuts.Length - 1];
        ReadingThreads.For(scans.Length, options.Threads, i =>
        {
            scans[i] = ByteScan.Of((byte*)cuts[i], (byte*)cuts[i + 1], text.Dialect.Newline, text.Dialect.Quote);
            invalid[i] = scans[i].HasNonAscii ? Utf8Check.FirstInvalid((byte*)cuts[i], (byte*)cuts[i + 1]) : 0;
        }, cancellation);
        RefuseBinary(text, cuts, scans);
        nint firstInvalid = invalid.FirstOrDefault(at => at != 0);
        if (firstInvalid != 0)
        {
            throw new InvalidUtf8Exception(text.LineOf((byte*)firstInvalid));
        }

        bool quoted = text.Dialect.Quotes && scans.Any(scan => scan.HasQuotes);
        return new TextLayout(quoted ? new QuoteAwareCuts(text, options.MaxFieldBytes, cancellation).Chunks(cuts) : Plain(text, cuts, scans));
    }

    /// <summary>Addresses about equally far apart, each behind a newline.</summary>
    private static nint[] EvenCuts(DelimitedText text, int count)
    {
        var cuts = new List<nint> { (nint)text.Body };
        long length = text.End - text.Body;
        for (int i = 1; i < count; i++)
        {
            byte* at = text.AfterNewline(text.Body + length * i / count);
            if (at < text.End && (nint)at > cuts[^1])
            {
                cuts.Add((nint)at);
            }
        }

        cuts.Add((nint)text.End);
        return [.. cuts];
    }

    private static TextChunk[] Plain(DelimitedText text, nint[] cuts, ByteScan[] scans)
    {
        var chunks = new TextChunk[scans.Length];
        long row = 0;
        for (int i = 0; i < chunks.Length; i++)
        {
            bool open = cuts[i + 1] > cuts[i] && ((byte*)cuts[i + 1])[-1] != text.Dialect.Newline;
            chunks[i] = new TextChunk(cuts[i], cuts[i + 1], row, scans[i].Newlines + (open ? 1 : 0));
            row += chunks[i].MostRows;
        }

        return chunks;
    }

    private static void RefuseBinary(DelimitedText text, nint[] cuts, ByteScan[] scans)
    {
        int chunk = Array.FindIndex(scans, scan => scan.HasNul);
        if (chunk < 0)
        {
            return;
        }

        byte* at = (byte*)cuts[chunk];
        while (*at != 0)
        {
            at++;
        }

        throw new DataException($"There is a NUL byte on {text.PlaceOf(at)}, which no text has: this is a binary file, or its encoding is another one.");
    }
}
