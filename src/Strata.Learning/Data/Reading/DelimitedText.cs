namespace Strata.Learning.Data.Reading;

/// <summary>UTF-8 text in a known dialect: where its records begin and end in memory, and which line a place is on.</summary>
/// <param name="start">Address of the first byte of the file.</param>
/// <param name="body">Address of the first byte behind the header.</param>
/// <param name="end">Address behind the last byte that matters: blank lines at the end are left out.</param>
/// <param name="limit">Address behind the last byte that may be read.</param>
/// <param name="dialect">The bytes that structure it.</param>
/// <param name="rewritten">Whether it was made from a file of another kind, whose lines are unknown here.</param>
internal sealed unsafe class DelimitedText(byte* start, byte* body, byte* end, byte* limit, Dialect dialect, bool rewritten)
{
    public byte* Start { get; } = start;

    public byte* Body { get; } = body;

    public byte* End { get; } = end;

    public byte* Limit { get; } = limit;

    public Dialect Dialect { get; } = dialect;

    /// <summary>How to name a place to a person: <c>line 17</c> of the file, or <c>record 16</c> where the file has no lines of its own.</summary>
    public string PlaceOf(byte* address) => rewritten ? $"record {RecordsBefore(address) + 1}" : $"line {LineOf(address)}";

    public string PlaceOf(nint address) => PlaceOf((byte*)address);

    /// <summary>The 1-based number of the line on which an address is.</summary>
    public long LineOf(byte* address)
    {
        long line = 1;
        for (byte* at = Start; at < address;)
        {
            int span = (int)Math.Min(address - at, int.MaxValue);
            line += System.MemoryExtensions.Count(new ReadOnlySpan<byte>(at, span), Dialect.Newline);
            at += span;
        }

        return line;
    }

    private long RecordsBefore(byte* address)
    {
        var walker = new RecordWalker(Body, End, Dialect);
        var fields = new List<Field>();
        long records = 0;
        while (walker.MoveNext(fields) && walker.Position <= address)
        {
            records++;
        }

        return records;
    }

    /// <summary>The address behind the next newline, or the end.</summary>
    public byte* AfterNewline(byte* from)
    {
        byte* found = AfterNewline(from, End);
        return found == null ? End : found;
    }

    /// <summary>The address behind the next newline before <paramref name="to"/>, or null.</summary>
    public byte* AfterNewline(byte* from, byte* to)
    {
        while (from < to)
        {
            int span = (int)Math.Min(to - from, int.MaxValue);
            int found = new ReadOnlySpan<byte>(from, span).IndexOf(Dialect.Newline);
            if (found >= 0)
            {
                return from + found + 1;
            }

            from += span;
        }

        return null;
    }

    /// <summary>The address behind the quote that closes the one at <paramref name="quote"/>.</summary>
    /// <exception cref="DataException">It is never closed, or the field is longer than allowed.</exception>
    public byte* BehindClosingQuote(byte* quote, int maxFieldBytes)
    {
        byte* at = quote + 1;
        while (true)
        {
            int span = (int)Math.Min(End - at, (long)maxFieldBytes + 2);
            int found = span <= 0 ? -1 : new ReadOnlySpan<byte>(at, span).IndexOf((byte)'"');
            if (found < 0 && at + span >= End)
            {
                throw new DataException($"The quote that opens on {PlaceOf(quote)} is never closed. If quotes are ordinary characters in this file, read it without quotes.");
            }

            if (found < 0 || at + found - quote > maxFieldBytes)
            {
                throw new DataException($"The quoted field on {PlaceOf(quote)} is longer than {maxFieldBytes} bytes: its closing quote is probably missing. That is the longest field that is read.");
            }

            at += found + 1;
            if (at >= End || *at != '"')
            {
                return at;
            }

            at++;
        }
    }
}
