using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>One field of a record: its bytes within the file, without enclosing quotes or the spaces around them.</summary>
internal readonly unsafe struct Field(byte* start, int length, bool quoted, bool doubledQuotes)
{
    public bool IsQuoted => quoted;

    public ReadOnlySpan<byte> Raw => new(start, length);

    public string Text
    {
        get
        {
            string text = Encoding.UTF8.GetString(Raw);
            return doubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }
    }
}

/// <summary>Takes delimited text apart one record at a time, with care and without hurry: for headers, samples, and to find the line of a row.</summary>
internal unsafe struct RecordWalker(byte* start, byte* end, Dialect dialect)
{
    private byte* at = start;

    /// <summary>Where the next record begins.</summary>
    public readonly byte* Position => at;

    /// <summary>The next record that is not blank; false at the end of the text, or when the record is unfinished because <c>end</c> cuts a quoted field.</summary>
    public bool MoveNext(List<Field> fields)
    {
        while (at < end)
        {
            fields.Clear();
            if (!TakeRecord(fields))
            {
                return false;
            }

            if (!IsBlank(fields))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the record begins that comes after the given number of others.</summary>
    public byte* StartOf(int record)
    {
        var fields = new List<Field>();
        byte* start = at;
        for (int passed = 0; passed <= record; passed++)
        {
            do
            {
                start = at;
                fields.Clear();
            }
            while (at < end && TakeRecord(fields) && IsBlank(fields));
        }

        return start;
    }

    private static bool IsBlank(List<Field> fields) => fields.Count == 1 && !fields[0].IsQuoted && fields[0].Raw.Length == 0;

    private bool TakeRecord(List<Field> fields)
    {
        while (true)
        {
            byte* first = at;
            while (first < end && dialect.IsBlank(*first))
            {
                first++;
            }

            bool quoted = dialect.Quotes && first < end && *first == '"';
            if (quoted ? !TakeQuoted(first + 1, fields) : !TakePlain(first, fields))
            {
                return false;
            }

            if (at >= end)
            {
                return true;
            }

            byte separator = *at++;
            if (separator == dialect.Newline)
            {
                return true;
            }

            if (at >= end)
            {
                fields.Add(default);
                return true;
            }
        }
    }

    private bool TakePlain(byte* first, List<Field> fields)
    {
        at = NextSeparator(first);
        byte* last = at;
        while (last > first && dialect.IsBlank(last[-1]))
        {
            last--;
        }

        fields.Add(new Field(first, (int)(last - first), false, false));
        return true;
    }

    private bool TakeQuoted(byte* first, List<Field> fields)
    {
        bool doubled = false;
        byte* close = first;
        while (close < end)
        {
            if (*close != '"')
            {
                close++;
            }
            else if (close + 1 < end && close[1] == '"')
            {
                doubled = true;
                close += 2;
            }
            else
            {
                fields.Add(new Field(first, (int)(close - first), true, doubled));
                at = NextSeparator(close + 1);
                return true;
            }
        }

        return false;
    }

    private readonly byte* NextSeparator(byte* from)
    {
        while (from < end && *from != dialect.Delimiter && *from != dialect.Newline)
        {
            from++;
        }

        return from;
    }
}
