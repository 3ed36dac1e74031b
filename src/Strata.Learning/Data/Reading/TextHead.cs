using System.Text;
using Strata.Learning.Data.Reading.Arrays;

namespace Strata.Learning.Data.Reading;

/// <summary>What stands before the rows of delimited text: comment lines and the header; and the dialect, found out from the first lines.</summary>
internal sealed unsafe class TextHead
{
    private const int SampleBytes = 1 << 18;
    private const int MostSampleBytes = 1 << 26;
    private const int SampleRecords = 200;
    private const int MostComments = 10_000;

    private readonly TableReadOptions options;
    private readonly byte* end;
    private byte* at;
    private byte newline;

    private TextHead(TableBytes bytes, TableReadOptions options)
    {
        this.options = options;
        at = bytes.Start;
        end = bytes.Start + bytes.Length;
    }

    public List<string> Comments { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>The names as they stand in the file, or <see langword="null"/> for none.</summary>
    public string[] HeaderNames { get; private set; } = [];

    /// <summary>Whether the names stand in the file.</summary>
    public bool HasHeader { get; private set; } = true;

    public DelimitedText Text { get; private set; } = null!;

    /// <param name="bytes">UTF-8.</param>
    /// <param name="options">What is known beforehand.</param>
    /// <param name="dialect">The dialect when it is certain, as for text made from other files; else null.</param>
    /// <exception cref="DataException">There is no header, no row, or there are too many columns.</exception>
    public static TextHead Of(TableBytes bytes, TableReadOptions options, Dialect? dialect)
    {
        var head = new TextHead(bytes, options);
        head.Read(bytes, dialect);
        return head;
    }

    public static DataException NoRows(int columns) => new($"The file has a header with {columns} column{(columns == 1 ? string.Empty : "s")} but no rows.");

    private void Read(TableBytes bytes, Dialect? known)
    {
        if (new ReadOnlySpan<byte>(at, (int)Math.Min(3, end - at)).SequenceEqual("\uFEFF"u8))
        {
            at += 3;
        }

        newline = known?.Newline ?? FindNewline();
        byte* lastComment = null;
        if (known is null)
        {
            lastComment = SkipComments();
        }

        byte* last = end;
        while (last > at && last[-1] is (byte)'\n' or (byte)'\r')
        {
            last--;
        }

        if (last == at)
        {
            throw new DataException(Comments.Count == 0 ? "The file is empty." : $"The file has {Comments.Count} comment lines and nothing else.");
        }

        byte* sampleEnd = SampleEnd(last);
        Dialect dialect = known ?? DialectSniffer.Sniff(at, sampleEnd, newline, options);
        List<string[]> sample = Records(at, sampleEnd, dialect, out byte* behindFirst);
        if (sample.Count == 0)
        {
            var rest = new DelimitedText(bytes.Start, at, last, end, dialect, known is not null);
            new QuoteAwareCuts(rest, options.MaxFieldBytes, default).Chunks([(nint)at, (nint)last]);
            throw new DataException($"The header, which begins on {rest.PlaceOf(at)}, goes on for more than {SampleRecords} lines.");
        }

        byte* body = ChooseHeader(sample, dialect, lastComment, behindFirst);
        RefuseTooMany(HeaderNames.Length);
        nint invalid = Utf8Check.FirstInvalid(bytes.Start, body);
        if (invalid != 0)
        {
            throw new InvalidUtf8Exception(new DelimitedText(bytes.Start, body, last, end, dialect, known is not null).LineOf((byte*)invalid));
        }

        if (body >= last)
        {
            throw NoRows(HeaderNames.Length);
        }

        NoteDialect(dialect, known);
        Text = new DelimitedText(bytes.Start, body, last, end, dialect, known is not null);
    }

    private byte FindNewline()
    {
        var head = new ReadOnlySpan<byte>(at, (int)Math.Min(SampleBytes, end - at));
        return head.Contains((byte)'\n') || !head.Contains((byte)'\r') ? (byte)'\n' : (byte)'\r';
    }

    /// <summary>Moves behind blank lines and lines that begin with <c>#</c>; returns where the last such line begins.</summary>
    private byte* SkipComments()
    {
        byte* lastComment = null;
        while (at < end)
        {
            byte* lineEnd = LineEnd(at);
            ReadOnlySpan<byte> line = new ReadOnlySpan<byte>(at, (int)Math.Min(lineEnd - at, int.MaxValue)).Trim(" \t\r"u8);
            if (!line.IsEmpty && line[0] != '#')
            {
                break;
            }

            if (!line.IsEmpty)
            {
                lastComment = at;
                if (Comments.Count < MostComments)
                {
                    Comments.Add(Encoding.UTF8.GetString(line[1..]).Trim());
                }
            }

            at = lineEnd < end ? lineEnd + 1 : end;
        }

        return lastComment;
    }

    private byte* LineEnd(byte* from)
    {
        while (from < end)
        {
            int span = (int)Math.Min(end - from, int.MaxValue);
            int found = new ReadOnlySpan<byte>(from, span).IndexOf(newline);
            if (found >= 0)
            {
                return from + found;
            }

            from += span;
        }

        return end;
    }

    /// <summary>The end of the last line within the sample, which holds two lines at least.</summary>
    private byte* SampleEnd(byte* last)
    {
        byte* sampleEnd = at;
        for (int line = 0; sampleEnd < last && (line < 2 || sampleEnd - at < SampleBytes) && line < SampleRecords && sampleEnd - at < MostSampleBytes; line++)
        {
            sampleEnd = LineEnd(sampleEnd) + 1;
        }

        return sampleEnd < last ? sampleEnd : last;
    }

    private List<string[]> Records(byte* from, byte* to, Dialect dialect, out byte* behindFirst)
    {
        var walker = new RecordWalker(from, to, dialect);
        var fields = new List<Field>();
        var records = new List<string[]>();
        behindFirst = from;
        while (records.Count < SampleRecords && walker.MoveNext(fields))
        {
            if (records.Count == 0)
            {
                behindFirst = walker.Position;
                RefuseTooMany(fields.Count);
                RefuseLong(fields);
            }

            records.Add([.. fields.Select(field => field.Text)]);
        }

        return records;
    }

    /// <summary>Sets the header names and returns where the rows begin.</summary>
    private byte* ChooseHeader(List<string[]> sample, Dialect dialect, byte* lastComment, byte* behindFirst)
    {
        byte* first = at;
        if (!options.HasHeader || options.WideSeries == true || WideSeries.IsRow(sample[0], options))
        {
            HasHeader = false;
            if (options.HasHeader)
            {
                Notes.Add("The first line is all numbers and was read as a row: the table has no header.");
            }

            HeaderNames = new string[sample.Max(record => record.Length)];
            Array.Fill(HeaderNames, string.Empty);
            return first;
        }

        if (lastComment != null && CommentedHeader(lastComment, first, dialect, sample) is string[] commented)
        {
            Notes.Add("The last comment line has been taken for the header: it has a name for each field of the rows.");
            Comments.RemoveAt(Comments.Count - 1);
            HeaderNames = commented;
            return first;
        }

        HeaderNames = sample[0];
        if (HeaderNames.All(name => NumberText.TryParse(name, out _) || DateText.TryParseIso(name, out _)))
        {
            Notes.Add("The header looks like a row, all numbers or dates: if it is the first row, read the file as one without header.");
        }

        MatchRows([.. sample.Skip(1)]);
        return behindFirst;
    }

    private string[]? CommentedHeader(byte* lastComment, byte* first, Dialect dialect, List<string[]> sample)
    {
        byte* name = lastComment;
        while (name < first && *name is (byte)'#' or (byte)' ')
        {
            name++;
        }

        List<string[]> records = Records(name, first, dialect, out _);
        bool fits = records.Count == 1 && records[0].Length > 1 && records[0].Length == sample[0].Length;
        return fits && !records[0].Any(text => NumberText.TryParse(text, out _)) && sample[0].Any(text => NumberText.TryParse(text, out _)) ? records[0] : null;
    }

    /// <summary>Mends a header that has one field more or less than all rows.</summary>
    private void MatchRows(List<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        bool emptyEnds = rows.TrueForAll(row => row[^1].Length == 0);
        if (HeaderNames.Length > 1 && HeaderNames[^1].Length == 0 && emptyEnds && rows.TrueForAll(row => row.Length == HeaderNames.Length))
        {
            HeaderNames = HeaderNames[..^1];
        }
        else if (!emptyEnds && rows.TrueForAll(row => row.Length == HeaderNames.Length + 1))
        {
            HeaderNames = [string.Empty, .. HeaderNames];
            Notes.Add("The rows have one field more than the header, which has no name for the first one: it is named 'column_1'.");
        }
    }

    private void RefuseTooMany(int columns)
    {
        if (columns > options.MaxColumns)
        {
            throw new DataException($"The table has {columns} columns; at most {options.MaxColumns} are read.");
        }
    }

    private void RefuseLong(List<Field> header)
    {
        int longest = header.FindIndex(field => field.Raw.Length > options.MaxFieldBytes);
        if (longest >= 0)
        {
            throw new DataException($"Field {longest + 1} of the header has {header[longest].Raw.Length} bytes; at most {options.MaxFieldBytes} are read.");
        }
    }

    private void NoteDialect(Dialect dialect, Dialect? known)
    {
        if (known is null && dialect.DecimalPoint == ',' && options.DecimalComma is null)
        {
            Notes.Add("Numbers are written with a decimal comma and were read so.");
        }
    }
}
