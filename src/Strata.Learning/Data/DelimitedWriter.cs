using System.Buffers;
using System.Text;

namespace Strata.Learning.Data;

/// <summary>Writes comma-separated UTF-8 text (RFC 4180, lines ending with a line feed).</summary>
internal sealed class DelimitedWriter(Stream destination) : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r\n"u8);

    private readonly ArrayBufferWriter<byte> buffer = new(BufferBytes);
    private bool atRowStart = true;

    /// <summary>A field that is written as it is: it has nothing to be quoted.</summary>
    public void Plain(ReadOnlySpan<byte> field)
    {
        Separate();
        buffer.Write(field);
    }

    public void Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        Separate();
        Span<byte> span = buffer.GetSpan(64);
        if (!value.TryFormat(span, out int written, format, System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("A number took more than 64 bytes.");
        }

        buffer.Advance(written);
    }

    public void Text(string field) => Text(Encoding.UTF8.GetBytes(field));

    /// <summary>A field of text, in quotes where it needs them: when it is empty or would not be read back as it is.</summary>
    public void Text(ReadOnlySpan<byte> field)
    {
        Separate();
        bool plain = field.Length > 0 && !field.ContainsAny(Special) && field[0] is not ((byte)' ' or (byte)'\t' or (byte)'#') && field[^1] is not ((byte)' ' or (byte)'\t');
        if (plain)
        {
            buffer.Write(field);
            return;
        }

        buffer.Write("\""u8);
        for (int quote; (quote = field.IndexOf((byte)'"')) >= 0; field = field[(quote + 1)..])
        {
            buffer.Write(field[..(quote + 1)]);
            buffer.Write("\""u8);
        }

        buffer.Write(field);
        buffer.Write("\""u8);
    }

    public void EndRow()
    {
        buffer.Write("\n"u8);
        atRowStart = true;
        if (buffer.WrittenCount > BufferBytes)
        {
            Flush();
        }
    }

    public void Flush()
    {
        destination.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    public void Dispose() => Flush();

    private void Separate()
    {
        if (!atRowStart)
        {
            buffer.Write(","u8);
        }

        atRowStart = false;
    }
}
