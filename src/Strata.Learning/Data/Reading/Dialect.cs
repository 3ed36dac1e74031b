namespace Strata.Learning.Data.Reading;

/// <summary>The bytes that structure delimited UTF-8 text.</summary>
/// <param name="Delimiter">Between fields; ASCII.</param>
/// <param name="Newline">After records: line feed, or carriage return in files that have no line feeds. A carriage return before a line feed is no part of a field.</param>
/// <param name="Quotes">Whether a field may stand in double quotes, a doubled quote meaning one.</param>
/// <param name="DecimalPoint">Before fractions: point or comma.</param>
internal readonly record struct Dialect(byte Delimiter, byte Newline, bool Quotes, byte DecimalPoint)
{
    /// <summary>What the file's other formats are rewritten to before they are read.</summary>
    public static Dialect Plain { get; } = new((byte)',', (byte)'\n', Quotes: true, (byte)'.');

    /// <summary>A delimiter for tables of one column: no text has it.</summary>
    public const byte NoDelimiter = 0x1F;

    /// <summary>The byte that opens a quoted field; the newline, which is looked at first, when nothing does.</summary>
    public byte Quote => Quotes ? (byte)'"' : Newline;

    public bool IsBlank(byte b) => b == ' ' || (b == '\t' && Delimiter != '\t') || (b == '\r' && Newline != '\r');
}
