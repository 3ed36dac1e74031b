namespace Strata.Learning.Data.Reading;

/// <summary>Cuts text with quoted fields into chunks: walks from quote to quote, so that no newline within quotes is taken for the end of a record.</summary>
internal sealed unsafe class QuoteAwareCuts(DelimitedText text, int maxFieldBytes, CancellationToken cancellation)
{
    private const int QuotesBetweenChecks = 1 << 16;
    private readonly List<TextChunk> chunks = [];
    private byte* chunkStart = text.Body;
    private byte* counted = text.Body;
    private long rows;
    private long rowsBefore;
    private int nextCut = 1;

    /// <param name="wanted">Addresses near which to cut: the first is the body's start, the last its end.</param>
    public TextChunk[] Chunks(nint[] wanted)
    {
        byte* at = text.Body;
        for (long quotes = 1; (at = NextQuote(at)) < text.End; quotes++)
        {
            if (quotes % QuotesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (Opens(at))
            {
                Count(at, wanted);
                at = text.BehindClosingQuote(at, maxFieldBytes);
                counted = at;
            }
            else
            {
                at++;
            }
        }

        Count(text.End, wanted);
        bool lastRecordIsOpen = text.End > text.Body && text.End[-1] != text.Dialect.Newline;
        Cut(text.End, lastRecordIsOpen ? 1 : 0);
        return [.. chunks];
    }

    private byte* NextQuote(byte* from)
    {
        while (from < text.End)
        {
            int span = (int)Math.Min(text.End - from, int.MaxValue);
            int found = new ReadOnlySpan<byte>(from, span).IndexOf((byte)'"');
            if (found >= 0)
            {
                return from + found;
            }

            from += span;
        }

        return text.End;
    }

    /// <summary>A quote opens a field when only spaces stand between it and the separator before it.</summary>
    private bool Opens(byte* quote)
    {
        byte* before = quote - 1;
        while (before >= text.Body && text.Dialect.IsBlank(*before))
        {
            before--;
        }

        return before < text.Body || *before == text.Dialect.Delimiter || *before == text.Dialect.Newline;
    }

    /// <summary>Counts the newlines up to <paramref name="to"/>, all outside quotes, cutting where a wanted address has been passed.</summary>
    private void Count(byte* to, nint[] wanted)
    {
        while (nextCut < wanted.Length - 1 && (nint)to > wanted[nextCut])
        {
            byte* from = (byte*)Math.Max((nint)counted, wanted[nextCut] - 1);
            byte* cut = text.AfterNewline(from, to);
            if (cut == null)
            {
                break;
            }

            rows += Newlines(counted, cut);
            counted = cut;
            Cut(cut, 0);
            while (nextCut < wanted.Length - 1 && wanted[nextCut] <= (nint)cut)
            {
                nextCut++;
            }
        }

        rows += Newlines(counted, to);
        counted = to;
    }

    private void Cut(byte* end, int openRecords)
    {
        if (end > chunkStart)
        {
            chunks.Add(new TextChunk((nint)chunkStart, (nint)end, rowsBefore, rows + openRecords - rowsBefore));
            chunkStart = end;
            rowsBefore = rows + openRecords;
        }
    }

    private long Newlines(byte* from, byte* to)
    {
        long count = 0;
        while (from < to)
        {
            int span = (int)Math.Min(to - from, int.MaxValue);
            count += System.MemoryExtensions.Count(new ReadOnlySpan<byte>(from, span), text.Dialect.Newline);
            from += span;
        }

        return count;
    }
}
