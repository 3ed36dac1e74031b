using System.Text.Json;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Reads JSON objects, one after another (JSON lines) or in an array, as rows. The columns are all names that occur, in the order of their first occurrence.
/// The objects are rewritten as delimited text and read as such, so that types follow the same rules whatever the file; nested values are kept as JSON text.
/// </summary>
internal static class JsonTable
{
    private static readonly string[] Endings = [".json", ".jsonl", ".ndjson"];

    /// <summary>Whether the text begins as JSON objects do.</summary>
    public static bool Recognizes(TableBytes bytes, string? fileName)
    {
        ReadOnlySpan<byte> head = WithoutMark(bytes.Head(1 << 16)).TrimStart(" \t\r\n"u8);
        bool named = Endings.Any(ending => fileName?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);
        if (head.StartsWith("["u8))
        {
            head = head[1..].TrimStart(" \t\r\n"u8);
            return named || head.StartsWith("{"u8);
        }

        if (!head.StartsWith("{"u8))
        {
            return named && !head.IsEmpty;
        }

        head = head[1..].TrimStart(" \t\r\n"u8);
        return named || head.StartsWith("\""u8) || head.StartsWith("}"u8);
    }

    public static unsafe TableReading Read(TableBytes bytes, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        if (bytes.Length > Array.MaxLength)
        {
            throw new DataException($"The JSON file has {bytes.Length} bytes; at most {Array.MaxLength} are read. Split it, or use CSV.");
        }

        ReadOnlySpan<byte> json = WithoutMark(new ReadOnlySpan<byte>(bytes.Start, (int)bytes.Length));
        nint invalid = Utf8Check.FirstInvalid(bytes.Start, bytes.Start + bytes.Length);
        if (invalid != 0)
        {
            throw new InvalidUtf8Exception(1 + new ReadOnlySpan<byte>(bytes.Start, (int)((byte*)invalid - bytes.Start)).Count((byte)'\n'));
        }

        using var spool = new Spool(long.MaxValue);
        bool isArray;
        try
        {
            isArray = new JsonRewriter(options, notes, cancellation).Rewrite(json, spool);
        }
        catch (JsonException e)
        {
            throw new DataException($"The JSON is broken on line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }

        using TableBytes text = spool.ToBytes();
        TableReading reading = DelimitedTable.Read(text, options with { HasHeader = true }, notes, Dialect.Plain, cancellation);
        return reading with { Format = reading.Format with { Kind = isArray ? TableKind.JsonArray : TableKind.JsonLines, Delimiter = null } };
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
