using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Learning.Data.Reading;

/// <summary>What a column's fields are parsed to.</summary>
internal enum FieldKind : byte
{
    /// <summary>Nothing: the fields are passed over.</summary>
    Skip,

    /// <summary>Doubles, NaN for missing.</summary>
    Real,

    /// <summary>64-bit whole numbers, <see cref="ChunkParser.MissingWhole"/> for missing.</summary>
    Whole,

    /// <summary>Numbers of a <see cref="FieldDictionary"/>, -1 for empty.</summary>
    Text,
}

/// <summary>
/// Parses the records of one chunk straight into the columns. Columns begin with the kind that a sample suggested; one that meets a fraction among whole
/// numbers goes on with doubles, and one that meets text is given up here, to be parsed as text afterwards.
/// </summary>
internal sealed unsafe class ChunkParser : IDisposable
{
    public const long MissingWhole = long.MinValue;
    private const int RowsBetweenChecks = 1 << 14;

    private readonly DelimitedText text;
    private readonly TextChunk chunk;
    private readonly FieldKind[] kinds;
    private readonly nint[] targets;
    private readonly MissingTexts missingTexts;
    private readonly int maxFieldBytes;
    private readonly FieldArena arena = new();
    private readonly FieldDictionary?[] dictionaries;

    /// <param name="text">The whole text.</param>
    /// <param name="chunk">The records to parse.</param>
    /// <param name="kinds">What to parse each column to.</param>
    /// <param name="targets">Address of each column's values, 8 bytes a row for numbers and 4 for text.</param>
    /// <param name="missingTexts">Spellings of missing numbers.</param>
    /// <param name="maxFieldBytes">A longer text is refused.</param>
    public ChunkParser(DelimitedText text, TextChunk chunk, ReadOnlySpan<FieldKind> kinds, nint[] targets, MissingTexts missingTexts, int maxFieldBytes)
    {
        (this.text, this.chunk, this.targets, this.missingTexts, this.maxFieldBytes) = (text, chunk, targets, missingTexts, maxFieldBytes);
        this.kinds = kinds.ToArray();
        dictionaries = new FieldDictionary?[kinds.Length];
    }

    /// <summary>The records found.</summary>
    public int RowCount { get; private set; }

    public Irregularities Irregularities { get; } = new();

    /// <summary>What each column has become: <see cref="FieldKind.Skip"/> when it was given up.</summary>
    public ReadOnlySpan<FieldKind> Kinds => kinds;

    /// <summary>Which columns of whole numbers have leading zeros; null when none has.</summary>
    public bool[]? Padded { get; private set; }

    /// <summary>How many infinities each column has; null when none has.</summary>
    public long[]? Infinite { get; private set; }

    public FieldDictionary? Dictionary(int column) => dictionaries[column];

    /// <summary>Parses all records of the chunk.</summary>
    public void Run(CancellationToken cancellation)
    {
        byte delimiter = text.Dialect.Delimiter, newline = text.Dialect.Newline, quote = text.Dialect.Quote, point = text.Dialect.DecimalPoint;
        byte* end = (byte*)chunk.End, field = (byte*)chunk.Start, rowStart = field;
        byte* lastWholeBlock = text.Limit - SeparatorMask.BlockBytes, windowed = text.Start + FastDecimal.Window;
        int columnCount = kinds.Length, column = 0;
        long row = chunk.FirstRow, rowLimit = row + chunk.MostRows;
        bool textBeyond = false;
        fixed (FieldKind* kindOf = kinds)
        fixed (nint* targetOf = targets)
        {
            for (byte* block = field; block < end; block += SeparatorMask.BlockBytes)
            {
            Again:
                ulong separators = block <= lastWholeBlock
                    ? SeparatorMask.Of(block, delimiter, newline, quote)
                    : SeparatorMask.Scalar(new ReadOnlySpan<byte>(block, (int)Math.Min(SeparatorMask.BlockBytes, end - block)), delimiter, newline, quote);
                while (separators != 0)
                {
                    byte* at = block + BitOperations.TrailingZeroCount(separators);
                    if (at >= end)
                    {
                        break;
                    }

                    separators &= separators - 1;
                    byte separator = *at;
                    byte* fieldEnd = at;
                    bool wasQuoted = false;
                    if (separator == newline)
                    {
                        fieldEnd -= at > field && at[-1] == '\r' ? 1 : 0;
                    }
                    else if (separator != delimiter)
                    {
                        if (!OpensField(field, at))
                        {
                            continue;
                        }

                        at = StoreQuoted(column, row, at, end);
                        if (at == end)
                        {
                            field = block = end;
                            column++;
                            break;
                        }

                        separator = *at;
                        wasQuoted = true;
                    }

                    if (!wasQuoted)
                    {
                        if ((uint)column < (uint)columnCount)
                        {
                            FieldKind kind = kindOf[column];
                            if (kind == FieldKind.Real)
                            {
                                if (fieldEnd < windowed || !FastDecimal.TryReal(field, fieldEnd, point, out double number))
                                {
                                    number = SlowReal(column, field, fieldEnd);
                                }

                                ((double*)targetOf[column])[row] = number;
                            }
                            else if (kind == FieldKind.Whole)
                            {
                                if (fieldEnd >= windowed && FastDecimal.TryWhole(field, fieldEnd, out long number))
                                {
                                    ((long*)targetOf[column])[row] = number;
                                }
                                else
                                {
                                    StoreWholeSlowly(column, row, field, fieldEnd);
                                }
                            }
                            else if (kind == FieldKind.Text)
                            {
                                ((int*)targetOf[column])[row] = TextCode(column, field, fieldEnd);
                            }
                        }
                        else
                        {
                            textBeyond |= fieldEnd > field;
                        }
                    }

                    column++;
                    if (separator == newline)
                    {
                        row += EndRow(column, row, rowStart, field, fieldEnd, wasQuoted, textBeyond) ? 1 : 0;
                        column = 0;
                        textBeyond = false;
                        rowStart = at + 1;
                        if (row == rowLimit && rowStart < end)
                        {
                            throw new InvalidOperationException("A chunk holds more records than were counted.");
                        }

                        if ((row & (RowsBetweenChecks - 1)) == 0)
                        {
                            cancellation.ThrowIfCancellationRequested();
                        }
                    }

                    field = at + 1;
                    if (wasQuoted)
                    {
                        block = field;
                        if (block >= end)
                        {
                            break;
                        }

                        goto Again;
                    }
                }
            }
        }

        if (rowStart < end)
        {
            row += EndOpenRow(column, row, rowStart, field, end, textBeyond) ? 1 : 0;
        }

        RowCount = (int)(row - chunk.FirstRow);
    }

    public void Dispose() => arena.Dispose();

    /// <summary>The last record of a text that does not end with a newline.</summary>
    private bool EndOpenRow(int column, long row, byte* rowStart, byte* field, byte* end, bool textBeyond)
    {
        bool endsBehindQuote = field == end && end[-1] != text.Dialect.Delimiter;
        if (!endsBehindQuote)
        {
            byte* fieldEnd = end > field && end[-1] == '\r' ? end - 1 : end;
            textBeyond |= column >= kinds.Length && fieldEnd > field;
            Store(column, row, field, fieldEnd, quoted: false);
            column++;
        }

        return EndRow(column, row, rowStart, field, end, endsBehindQuote, textBeyond);
    }

    /// <summary>Settles a record that is complete; false when it was a blank line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndRow(int fieldCount, long row, byte* rowStart, byte* field, byte* fieldEnd, bool wasQuoted, bool textBeyond)
    {
        if (fieldCount == kinds.Length && fieldCount > 1)
        {
            return true;
        }

        return EndIrregularRow(fieldCount, row, rowStart, field, fieldEnd, wasQuoted, textBeyond);
    }

    private bool EndIrregularRow(int fieldCount, long row, byte* rowStart, byte* field, byte* fieldEnd, bool wasQuoted, bool textBeyond)
    {
        if (fieldCount == 1 && !wasQuoted && IsBlank(field, fieldEnd))
        {
            Irregularities.BlankLines++;
            return false;
        }

        if (fieldCount < kinds.Length)
        {
            Irregularities.ShortRows.Add((nint)rowStart, fieldCount);
            for (int column = fieldCount; column < kinds.Length; column++)
            {
                StoreMissing(column, row);
            }
        }
        else if (textBeyond)
        {
            Irregularities.LongRows.Add((nint)rowStart, fieldCount);
        }
        else if (fieldCount > kinds.Length)
        {
            Irregularities.TrailingDelimiters++;
        }

        return true;
    }

    private bool IsBlank(byte* start, byte* end)
    {
        while (start < end && text.Dialect.IsBlank(*start))
        {
            start++;
        }

        return start == end;
    }

    private bool OpensField(byte* field, byte* quote) => IsBlank(field, quote);

    /// <summary>Stores the field that the quote opens; returns the address of the separator behind it, or the end.</summary>
    private byte* StoreQuoted(int column, long row, byte* quote, byte* end)
    {
        byte* start = quote + 1;
        byte* behind = text.BehindClosingQuote(quote, maxFieldBytes);
        byte* close = behind - 1;
        byte* separator = behind;
        while (separator < end && *separator != text.Dialect.Delimiter && *separator != text.Dialect.Newline)
        {
            separator++;
        }

        byte* behindEnd = separator;
        while (behindEnd > behind && text.Dialect.IsBlank(behindEnd[-1]))
        {
            behindEnd--;
        }

        if (behindEnd > behind)
        {
            RefuseLong(start, behindEnd);
            Irregularities.TextAfterQuotes.Add((nint)behind, 0);
        }

        int length = (int)(close - start);
        if (behindEnd > behind || new ReadOnlySpan<byte>(start, length).Contains((byte)'"'))
        {
            start = Unescape(start, close, behind, behindEnd, out length);
        }

        Store(column, row, start, start + length, quoted: true);
        return separator;
    }

    /// <summary>The text between <paramref name="start"/> and <paramref name="close"/> with each doubled quote made one, and what follows the closing quote.</summary>
    private byte* Unescape(byte* start, byte* close, byte* behind, byte* behindEnd, out int length)
    {
        byte* copy = arena.Allocate((int)(behindEnd - start));
        length = 0;
        for (byte* at = start; at < close; at++)
        {
            copy[length++] = *at;
            at += *at == '"' ? 1 : 0;
        }

        for (byte* at = behind; at < behindEnd; at++)
        {
            copy[length++] = *at;
        }

        return copy;
    }

    private void Store(int column, long row, byte* start, byte* end, bool quoted)
    {
        if (column >= kinds.Length)
        {
            return;
        }

        switch (kinds[column])
        {
            case FieldKind.Real:
                ((double*)targets[column])[row] = SlowReal(column, start, end);
                break;
            case FieldKind.Whole:
                StoreWholeSlowly(column, row, start, end);
                break;
            case FieldKind.Text when quoted:
                ((int*)targets[column])[row] = start == end ? -1 : Coded(column, start, end);
                break;
            case FieldKind.Text:
                ((int*)targets[column])[row] = TextCode(column, start, end);
                break;
        }
    }

    private void StoreMissing(int column, long row)
    {
        switch (kinds[column])
        {
            case FieldKind.Real:
                ((double*)targets[column])[row] = double.NaN;
                break;
            case FieldKind.Whole:
                ((long*)targets[column])[row] = MissingWhole;
                break;
            case FieldKind.Text:
                ((int*)targets[column])[row] = -1;
                break;
        }
    }

    private double SlowReal(int column, byte* start, byte* end)
    {
        if (start == end)
        {
            return double.NaN;
        }

        bool isInText = start >= text.Start && end <= text.Limit && end - text.Start >= 2 * FastDecimal.Window;
        if (isInText && FastDecimal.TryLongReal(start, end, text.Dialect.DecimalPoint, out double real))
        {
            return real;
        }

        var field = new ReadOnlySpan<byte>(start, (int)(end - start));
        switch (DecimalText.Parse(field, text.Dialect.DecimalPoint, out real, out _))
        {
            case NumberKind.Infinite:
                CountInfinite(column);
                return double.NaN;
            case NumberKind.NotANumber:
                GiveUpUnlessMissing(column, field);
                return double.NaN;
            default:
                return real;
        }
    }

    private void StoreWholeSlowly(int column, long row, byte* start, byte* end)
    {
        long* values = (long*)targets[column];
        values[row] = MissingWhole;
        if (start == end)
        {
            return;
        }

        var field = new ReadOnlySpan<byte>(start, (int)(end - start));
        switch (DecimalText.Parse(field, text.Dialect.DecimalPoint, out double real, out long whole))
        {
            case NumberKind.Whole:
                values[row] = whole;
                break;
            case NumberKind.PaddedWhole:
                (Padded ??= new bool[kinds.Length])[column] = true;
                values[row] = whole;
                break;
            case NumberKind.Real:
                WidenToReal(values + chunk.FirstRow, row - chunk.FirstRow);
                kinds[column] = FieldKind.Real;
                ((double*)values)[row] = real;
                break;
            case NumberKind.Infinite:
                CountInfinite(column);
                break;
            case NumberKind.NotANumber:
                GiveUpUnlessMissing(column, field);
                break;
        }
    }

    /// <summary>Turns whole numbers into doubles where they stand.</summary>
    public static void WidenToReal(long* values, long count)
    {
        double* reals = (double*)values;
        for (long i = 0; i < count; i++)
        {
            long value = values[i];
            reals[i] = value == MissingWhole ? double.NaN : value;
        }
    }

    private void GiveUpUnlessMissing(int column, ReadOnlySpan<byte> field)
    {
        if (!missingTexts.Contains(field))
        {
            kinds[column] = FieldKind.Skip;
        }
    }

    private void CountInfinite(int column) => (Infinite ??= new long[kinds.Length])[column]++;

    private int TextCode(int column, byte* start, byte* end)
    {
        while (start < end && text.Dialect.IsBlank(*start))
        {
            start++;
        }

        while (end > start && text.Dialect.IsBlank(end[-1]))
        {
            end--;
        }

        RefuseLong(start, end);
        return start == end ? -1 : Coded(column, start, end);
    }

    private int Coded(int column, byte* start, byte* end) => (dictionaries[column] ??= new FieldDictionary()).CodeOf(start, (int)(end - start));

    private void RefuseLong(byte* start, byte* end)
    {
        if (end - start > maxFieldBytes)
        {
            throw new DataException($"A field on {text.PlaceOf(start)} has {end - start} bytes; at most {maxFieldBytes} are read.");
        }
    }
}
