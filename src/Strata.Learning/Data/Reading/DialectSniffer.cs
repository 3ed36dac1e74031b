namespace Strata.Learning.Data.Reading;

/// <summary>Finds the delimiter and the decimal point of a text from its first records.</summary>
internal static unsafe class DialectSniffer
{
    private const int Records = 100;

    /// <summary>Better than a header of one field, worse than any other: a quote opens behind this delimiter and is never closed.</summary>
    private static readonly (double Agreement, int Fields) UnfinishedHeader = (0.5, 0);
    private static readonly byte[] Candidates = [(byte)',', (byte)'\t', (byte)';', (byte)'|'];

    public static Dialect Sniff(byte* start, byte* end, byte newline, TableReadOptions options)
    {
        byte delimiter = options.Delimiter is char given ? Ascii(given) : Delimiter(start, end, newline, options.Quotes);
        var dialect = new Dialect(delimiter, newline, options.Quotes, (byte)'.');
        bool decimalComma = options.DecimalComma ?? (delimiter != ',' && HasDecimalCommas(start, end, dialect));
        return decimalComma ? dialect with { DecimalPoint = (byte)',' } : dialect;
    }

    private static byte Ascii(char delimiter) => delimiter is > '\0' and < (char)0x80 and not ('"' or '\n' or '\r')
        ? (byte)delimiter
        : throw new DataException($"The delimiter is U+{(int)delimiter:X4}; it has to be an ASCII character other than a quote or a line end.");

    /// <summary>The candidate by which the most records have as many fields as the first one; of equals the one with most fields.</summary>
    private static byte Delimiter(byte* start, byte* end, byte newline, bool quotes)
    {
        byte best = Dialect.NoDelimiter;
        (double Agreement, int Fields) bestScore = default;
        foreach (byte candidate in Candidates)
        {
            (double Agreement, int Fields) score = Score(start, end, new Dialect(candidate, newline, quotes, (byte)'.'));
            if (score.CompareTo(bestScore) > 0)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    /// <summary>The share of records that agree with the first one, in twentieths, and its number of fields; 0 where it has one field only.</summary>
    private static (double Agreement, int Fields) Score(byte* start, byte* end, Dialect dialect)
    {
        var walker = new RecordWalker(start, end, dialect);
        var fields = new List<Field>();
        int first = 0, records = 0, agreeing = 0;
        while (records < Records && walker.MoveNext(fields))
        {
            first = records == 0 ? fields.Count : first;
            agreeing += (fields.Count == first || fields.Count == first + 1) && !(dialect.Quotes && HasStrayQuote(fields)) ? 1 : 0;
            records++;
        }

        if (records == 0)
        {
            return UnfinishedHeader;
        }

        return first < 2 ? default : (Math.Round(20.0 * agreeing / records), first);
    }

    /// <summary>Quotes within fields come from cutting quoted fields in two, mostly.</summary>
    private static bool HasStrayQuote(List<Field> fields) => fields.Exists(field => !field.IsQuoted && field.Raw.Contains((byte)'"'));

    private static bool HasDecimalCommas(byte* start, byte* end, Dialect dialect)
    {
        var walker = new RecordWalker(start, end, dialect);
        var fields = new List<Field>();
        bool commas = false;
        for (int record = 0; record < Records && walker.MoveNext(fields); record++)
        {
            foreach (Field field in fields)
            {
                if (field.Raw.Contains((byte)'.') && DecimalText.Parse(field.Raw, (byte)'.', out _, out _) == NumberKind.Real)
                {
                    return false;
                }

                commas |= field.Raw.Contains((byte)',') && IsDecimalComma(field.Raw, dialect.Delimiter);
            }
        }

        return commas;
    }

    /// <summary>Three digits behind the comma may be thousands, except between semicolons, which stand where the comma is taken by decimals.</summary>
    private static bool IsDecimalComma(ReadOnlySpan<byte> field, byte delimiter) =>
        DecimalText.Parse(field, (byte)',', out _, out _) == NumberKind.Real
        && (delimiter == ';' || field.Length - field.IndexOf((byte)',') != 4 || field[0] == '0');
}
